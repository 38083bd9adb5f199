"""`khronika serve`: an address, pages behind it, an end by Ctrl+C."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import build_opener, HTTPCookieProcessor

from cli.running import khronika  # type: ignore[import-not-found]
