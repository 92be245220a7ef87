from tortoise import migrations
from tortoise.migrations import operations as ops
from web.fields import UTCDatetimeField
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('calendar', '0002_covering_indexes')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Event',
            name='withdrawn',
            field=UTCDatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Event',
            name='withdrawn_by',
            field=fields.CharField(default='', db_default='', max_length=16),
        ),
    ]
