# One image for web, worker, beat and migrations. It holds no secret and no data; every setting is a variable.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --requirement /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# What WeasyPrint draws with, and a font to draw.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 prevent \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin prevent
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MODE=production \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/tmp/data \
    STATIC_ROOT=/app/staticfiles
WORKDIR /app
COPY manage.py ./
COPY templates ./templates
COPY static ./static
COPY prevent_cases ./prevent_cases
COPY referrals ./referrals
COPY safeguarding ./safeguarding
COPY channel_panel ./channel_panel
# Collecting reads only files: these values reach nothing and are not kept in the image.
RUN SECRET_KEY=for-collecting-only-for-collecting-only-for-collecting-only BASE_URL=https://nowhere.invalid \
    ALLOWED_HOSTS=nowhere.invalid DATABASE_URL=postgresql://nowhere.invalid/none REDIS_URL=redis://nowhere.invalid \
    FILES_BUCKET=none EMAIL_HOST=nowhere.invalid \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q /app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "prevent_cases.local.alive"]
CMD ["gunicorn", "--config", "python:prevent_cases.gunicorn", "prevent_cases.wsgi:application"]
