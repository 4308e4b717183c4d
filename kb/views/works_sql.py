"""SELECTs that list works: browsing, exporting, feeds. Parts are put together from fixed texts; values are bound."""

__all__ = ["ALL_KEYS", "WORKS_OF_SEMESTER", "WORKS_OF_TOPIC"]

ALL_KEYS = "select key from works order by key"

WORKS_OF_TOPIC = """
select distinct w.work from work_topics w
where w.topic = :topic or (w.topic >= :topic || '/' and w.topic < :topic || '0') order by w.work"""
"""A topic and those below it; `0` follows `/`, so that the index is used."""

WORKS_OF_SEMESTER = """
select distinct r.work from readings r join sessions s on s.id = r.session where s.semester = :semester order by r.work"""
