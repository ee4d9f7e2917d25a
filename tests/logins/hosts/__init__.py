# SPDX-License-Identifier: MIT
"""The login programs, who logs in, and what stands under them, one module each."""
