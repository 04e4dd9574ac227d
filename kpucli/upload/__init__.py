"""Sending the site to where the public reads it.

`site` knows the files here, `record` what is on the target, `plan` what is to be sent and in which
order, `run` does it. Each protocol is one module with one `Connection` (see `connection`).
"""
