"""What every page's frame shows."""


def frame(request):
    return {}
