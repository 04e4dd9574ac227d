"""The linter: rules over articles, findings, fixes.

`engine` gives findings, `fixes` a change, `selection` the rules to run; `formats` writes findings
down. A rule is made with `rule.rule`.
"""
