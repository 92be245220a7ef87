from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('calendar', '0001_initial')]

    initial = False

    operations = [
        ops.RemoveIndex(
            model_name='Event',
            name=None,
            fields=['organisation_id', 'publication'],
        ),
        ops.AddIndex(
            model_name='Event',
            index=Index(fields=['organisation_id', 'publication', 'event_status', 'category']),
        ),
        ops.RemoveIndex(
            model_name='Occurrence',
            name=None,
            fields=['start', 'event_id'],
        ),
        ops.RemoveIndex(
            model_name='Occurrence',
            name=None,
            fields=['event_id', 'start'],
        ),
        ops.AddIndex(
            model_name='Occurrence',
            index=Index(fields=['start', 'event_id', 'end']),
        ),
        ops.AddIndex(
            model_name='Occurrence',
            index=Index(fields=['event_id', 'start', 'end', 'status']),
        ),
    ]
