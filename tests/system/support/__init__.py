# SPDX-License-Identifier: MIT
"""The real parts that the system tests and the demo stand on, one module each."""
