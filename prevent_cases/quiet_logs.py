"""Logs hold ids and kinds of event, never words people typed: no message arguments, no exception text (D17)."""

import json
import logging


class IdsOnly(logging.Formatter):
    """Prints where a record came from and the type of an exception, and nothing that could carry personal data."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": self.formatTime(record), "level": record.levelname.lower(), "logger": record.name}
        line["from"] = f"{record.module}.{record.funcName}:{record.lineno}"
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            while trace and trace.tb_next:
                trace = trace.tb_next
            if trace:
                code = trace.tb_frame.f_code
                line["raised_in"] = f"{code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}"
        for name in ("incident", "job", "count"):
            if hasattr(record, name):
                line[name] = str(getattr(record, name))
        return json.dumps(line)
