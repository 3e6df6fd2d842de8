"""How long `fieldcast import orders` takes for 28,010 orders, from pressing Enter to the prompt. To reach: 20 s.

The file is made here, in the shape of a month of one real shop's orders, so that the figure can be taken anywhere. The
command runs as a process of its own on a database of its own, stopped before: starting both is part of the figure.
"""

import csv
import json
import os
import random
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

from fieldcast.config import environment
from fieldcast.config.temporary import temporary
from fieldcast.kit.provinces import PROVINCES

ORDERS = 28_010
TO_REACH_S = 20.0
HEADER = ("订单编号", "总金额", "买家实际支付金额", "收货地址 ", "订单创建时间", "订单付款时间 ", "退款金额")
MAKE_COUNTY = """
from fieldcast.config import provision, setup
setup.django()
provision.migrate()
from fieldcast.accounts import operations
operations.create_county(code="bench", name="河湾县", name_en="Hewan County")
"""


def write_orders(path: Path, *, seed: int) -> None:
    """A Tmall report: one order in seven never paid, one in five refunded whole, as in the real one."""
    rng = random.Random(seed)
    start = datetime(2026, 2, 1)  # noqa: DTZ001 — the file says the time in China without saying so
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(1, ORDERS + 1):
            created = start + timedelta(seconds=rng.randrange(28 * 86_400))
            fen = rng.randrange(500, 40_000)
            paid = rng.random() < 6 / 7
            refunded = paid and rng.random() < 1 / 5
            kept = fen if paid and not refunded else 0
            times = (created, created + timedelta(seconds=rng.randrange(5, 900)) if paid else "")
            amounts = (f"{fen / 100:.2f}", f"{kept / 100:.2f}", f"{(fen if refunded else 0) / 100:.2f}")
            writer.writerow((number, *amounts[:2], rng.choice(PROVINCES), *times, amounts[2]))


def measure(*, seed: int = 7) -> float:
    """Seconds the command took. Raises `CalledProcessError` when it failed, `ValueError` when rows are missing."""
    with temporary() as env:
        variables = {**os.environ, **environment.variables(env)}
        path = env.home / "orders.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_orders(path, seed=seed)
        subprocess.run([sys.executable, "-c", MAKE_COUNTY], env=variables, check=True)
        command = [
            sys.executable,
            "-m",
            "fieldcast.cli",
            "import",
            "orders",
            str(path),
            "--format",
            "tmall",
            "--json",
        ]
        begun = time.perf_counter()
        done = subprocess.run(command, env=variables, check=True, capture_output=True, text=True)
        took = time.perf_counter() - begun
    inserted = json.loads(done.stdout)["inserted"]
    if inserted != ORDERS:
        raise ValueError(f"{inserted} of {ORDERS} orders were brought in")
    return took


def main() -> None:
    """Print the figure beside the one to reach."""
    took = measure()
    print(
        f"Import of {ORDERS:,} orders: {took:.1f} s (to reach: {TO_REACH_S:.0f} s), {ORDERS / took:,.0f} orders/s"
    )


if __name__ == "__main__":
    main()
