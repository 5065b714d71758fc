"""Picture of the dashboard as a reader sees it: python screenshot.py FILE.png, run by Superset's own Python.

Needs Selenium (Superset's requirements bring it) and Debian's chromium and chromium-driver; reads SUPERSET_URL,
SUPERSET_USERNAME and SUPERSET_PASSWORD as import_assets.py does. Ends with code 1 when a chart shows an error, is
empty, or is not drawn within two minutes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import url_changes
from selenium.webdriver.support.wait import WebDriverWait

CHARTS = len(list((Path(__file__).parent / "assets" / "charts").glob("*.yaml")))
SECONDS = 120
WIDTH, HEIGHT = 1500, 1950
PLACE = os.environ.get("SUPERSET_URL", "http://127.0.0.1:8088").rstrip("/")
# On one screen in full: a chart below the fold is not drawn.
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")

DRAWN = ".dashboard-chart .slice_container"
BROKEN = "[data-test='chart-error'], .dashboard-chart .ant-alert-error, .dashboard-chart .ant-empty"
LOADING = ".dashboard-chart [data-test='loading-indicator'], .dashboard-chart .loading"


@contextmanager
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in (*ARGUMENTS, f"--window-size={WIDTH},{HEIGHT}"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


def log_in(driver: webdriver.Chrome) -> None:
    driver.get(f"{PLACE}/login/")
    wait = WebDriverWait(driver, SECONDS)
    wait.until(lambda page: page.find_elements(By.CSS_SELECTOR, "#username"))
    driver.find_element(By.CSS_SELECTOR, "#username").send_keys(os.environ.get("SUPERSET_USERNAME", "admin"))
    driver.find_element(By.CSS_SELECTOR, "#password").send_keys(os.environ["SUPERSET_PASSWORD"])
    driver.find_element(By.CSS_SELECTOR, "button[type=submit], input[type=submit]").click()
    wait.until(url_changes(f"{PLACE}/login/"))


def open_dashboard(driver: webdriver.Chrome) -> list[str]:
    """Waits until every chart is drawn. What is wrong with the page, empty where nothing is."""

    def count(selector: str) -> int:
        return len(driver.find_elements(By.CSS_SELECTOR, selector))

    driver.get(f"{PLACE}/superset/dashboard/central-asia/?standalone=1")
    WebDriverWait(driver, SECONDS).until(lambda _: count(DRAWN) >= CHARTS and not count(LOADING))
    time.sleep(3)  # the charts' own animation
    return [element.text for element in driver.find_elements(By.CSS_SELECTOR, BROKEN)]


def main() -> None:
    with browser() as driver:
        log_in(driver)
        faults = open_dashboard(driver)
        driver.save_screenshot(sys.argv[1])
    if faults:
        sys.exit(f"{len(faults)} charts are broken or empty: {'; '.join(faults)}")


if __name__ == "__main__":
    main()
