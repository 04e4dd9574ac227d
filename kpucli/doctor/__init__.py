"""What is wrong with a set-up, check by check; nothing is changed by looking.

Every check is a small function that gives one `Result`. What other features know (targets, the
theme) is asked by `kpucli.cli.diagnosis`, which puts the checks together.
"""
