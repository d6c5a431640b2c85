"""The settings of a small server that shares its machine with the program that uses it."""

from pathlib import Path

from onhand.embedded.processes import cluster_name

LOCALES = {
    16: (["--locale=C", "--lc-ctype=C.UTF-8"], ["--locale=C"]),
    18: (["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"], ["--locale=C"]),
}
"""
For each version the locales to try, best first.

Text sorts by code point, the same on every system and after each upgrade of it, and upper and lower case are those
of Unicode; the last way knows the case of ASCII only, and always works.
"""

TUNING = {
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}
"""Written when the cluster is made, and anybody's to change with ALTER SYSTEM. The wheel has no lz4 to compress WAL."""


def rules(*, data: Path, log: Path, socket_folder: Path | None, port: int) -> dict[str, str]:
    """
    What must hold whatever else is configured: nothing acknowledged is lost, and nobody reaches the server by network.

    Given at each start, so that they win over the files.
    """
    quoted = str(socket_folder or "").replace('"', '""')
    return {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "autovacuum": "on",
        "listen_addresses": "" if socket_folder else "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": f'"{quoted}"' if socket_folder else "",
        "unix_socket_permissions": "0700",
        "cluster_name": cluster_name(data),
        "logging_collector": "on",
        "log_directory": str(log),
        # One file for each day of the week, each overwritten a week later.
        "log_filename": "postgres-%a.log",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
        "log_file_mode": "0600",
    }
