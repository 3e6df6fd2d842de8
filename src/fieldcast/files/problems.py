"""Why a file is not taken, or not there any more."""

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem


class NotAPicture(Problem):
    """The content, whatever its name says, is of no kind that is taken."""

    code = "not_a_picture"
    status = 422
    sentence = _("This file is not a picture that can be read (JPEG, PNG or WebP).")
    next_step = _("Photograph the page with the phone, or save the file as a picture, and choose it again.")


class PictureBroken(Problem):
    """It begins as a picture and cannot be decoded to its end."""

    code = "picture_broken"
    status = 422
    sentence = _("This picture is damaged or not complete.")
    next_step = _("Take it again, or send it once more where the network is better.")


class PictureTooHeavy(Problem):
    """More bytes than are taken."""

    code = "picture_too_heavy"
    status = 413
    sentence = _("The picture is too large: at most %(megabytes)s MB.")
    next_step = _("Choose a lower quality in the camera's settings, and take it again.")


class TooManyDots(Problem):
    """More pixels than are decoded, whatever its bytes."""

    code = "too_many_dots"
    status = 422
    sentence = _("The picture has too many dots: at most %(millions)s million.")
    next_step = _("Choose a lower resolution in the camera's settings, and take it again.")


class TooManyAtOnce(Problem):
    """As many pictures are being drawn as this process draws at once, and none was done in time."""

    code = "too_many_at_once"
    status = 503
    sentence = _("Many pictures are being handed in at this moment.")
    next_step = _("Send it again in a moment.")


class FileEnded(Problem):
    """Its time is over and its content gone."""

    code = "file_ended"
    status = 410
    sentence = _("This file was kept until %(day)s and is gone.")
    next_step = _("Ask whoever handed it in whether they still have it.")
