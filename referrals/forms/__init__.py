"""The shape of what is typed. Forms never save and never judge who may."""
