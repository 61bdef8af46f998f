"""Acts about interviews: the timetable, the agency's confirmation, the session, what is due."""

from evaluasi.actions.wawancara.jadwal import (
    cancel_wawancara,
    reschedule_wawancara,
    schedule_wawancara,
    store_jadwal,
)
from evaluasi.actions.wawancara.pelaksanaan import confirm_wawancara, start_wawancara
from evaluasi.actions.wawancara.tenggat import enforce_wawancara

__all__ = [
    "cancel_wawancara",
    "confirm_wawancara",
    "enforce_wawancara",
    "reschedule_wawancara",
    "schedule_wawancara",
    "start_wawancara",
    "store_jadwal",
]
