"""Users, and pages in which they are signed in."""

import subprocess

from tests.api.serving import PROGRAM, Answered, Running

PASSWORD = "correct horse battery staple"


def make_user(running: Running, name: str, role: str, *sites: str, password: str = PASSWORD) -> None:
    """Make a user by the command line, or change one."""
    options = [part for site in sites for part in ("--site", site)]
    command = [PROGRAM, "user", "create", name, "--role", role, *options, "--password-stdin", "--json"]
    told = f"{password}\n".encode()
    subprocess.run(command, env=dict(running.environment), input=told, capture_output=True, check=True)


class Page:
    """A page of the service: it has a cookie, and the token that its writes send."""

    def __init__(self, running: Running, user: str, password: str = PASSWORD, cookie: str | None = None) -> None:
        self.caller = running.caller()
        self.host = running.url.removeprefix("http://")
        headers = {} if cookie is None else {"Cookie": cookie}
        told = {"org": "main", "user": user, "password": password}
        self.answer = self.caller.post("/api/session", told, headers=headers)
        assert self.answer.status == 200, self.answer
        self.set_cookie = self.answer.headers["set-cookie"]
        self.cookie = self.set_cookie.partition(";")[0]
        self.csrf = self.answer.body["csrf_token"]

    def get(self, path: str) -> Answered:
        """Ask with the cookie."""
        return self.caller.post(path, method="GET", headers={"Cookie": self.cookie})

    def write(self, path: str, body: object = None, method: str = "POST", **changed: str | None) -> Answered:
        """Write as the page does, with headers changed or, where None, left out."""
        told: dict[str, str | None] = {
            "Cookie": self.cookie,
            "X-CSRF-Token": self.csrf,
            "Origin": f"http://{self.host}",
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        headers = {name: value for name, value in told.items() if value is not None}
        return self.caller.post(path, body, method=method, headers=headers)
