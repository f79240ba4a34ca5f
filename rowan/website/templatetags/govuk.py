"""GOV.UK components in Django templates."""

from django import template

register = template.Library()
