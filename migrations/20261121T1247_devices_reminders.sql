-- Reminders that members asked for are told on their devices, as to everybody who never chose.

UPDATE device_choices SET kinds = kinds || ' reminder' WHERE kinds <> '';
