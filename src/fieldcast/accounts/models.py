"""Tables of accounts. Personal data is encrypted; what must be found by value has a keyed hash beside it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fieldcast.accounts.types import OrganisationKind, Role, Standing
from fieldcast.kit.fields import EncryptedTextField, blind_index


class County(models.Model):
    """The tenant: one county, one book, one set of people."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """A village of the county."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="villages")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "name"], name="village_once_a_county")
        ]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Creates people by phone number."""

    def create_user(self, *, phone: str, password: str | None = None, **fields: Any) -> "Person":
        """Create a person who signs in with `phone` (normalised digits) and `password` (None: not by password)."""
        person = self.model(phone=phone, phone_hash=blind_index(phone), **fields)
        person.set_password(password)
        person.save(using=self._db)
        if person.is_staff or person.is_superuser or not person.is_active:
            from fieldcast.accounts.trails import note_rights  # noqa: PLC0415 — it asks these tables

            note_rights(person, by=None)
        return person

    def create_superuser(self, *, phone_hash: str, password: str | None = None, **fields: Any) -> "Person":
        """For Django's own command, whose username field is the phone number typed in."""
        county = fields.pop("county", None) or County.objects.order_by("id").first()
        return self.create_user(
            phone=phone_hash, password=password, county=county, is_staff=True, is_superuser=True, **fields
        )


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in. `display_name` is public; `name` and `phone` are encrypted."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, related_name="people")
    phone_hash = models.CharField(max_length=64, unique=True)
    phone = EncryptedTextField()
    phone_verified = models.BooleanField(default=False)
    display_name = models.CharField(max_length=40)
    name = EncryptedTextField(blank=True, default="")
    picture = models.CharField(max_length=80, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    sign_outs = models.PositiveIntegerField(default=0)  # of everything of theirs at once
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "phone_hash"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = PersonManager()

    def __str__(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        """How Django's own pages greet."""
        return self.display_name

    def get_session_auth_hash(self) -> str:
        """What every sign-in carries: the password, and how often all devices of this person were signed out."""
        return self._since_signed_out(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the keys before the present one."""
        return map(self._since_signed_out, super().get_session_auth_fallback_hash())

    def _since_signed_out(self, kept: str) -> str:
        if not self.sign_outs:
            return kept
        return salted_hmac("fieldcast.sign_outs", f"{self.sign_outs} {kept}", algorithm="sha256").hexdigest()


class Organisation(models.Model):
    """A household, cooperative, host or agency, carrier, service centre or authority."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="organisations")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in OrganisationKind])
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True, default="")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, null=True, blank=True)
    picture = models.CharField(max_length=80, blank=True, default="")
    standing = models.CharField(max_length=12, default=Standing.GOOD.value)
    standing_reason = models.CharField(max_length=200, blank=True, default="")
    joined_at = models.DateTimeField(default=timezone.now)
    form = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "code"], name="organisation_code_once_a_county"),
            models.CheckConstraint(
                condition=models.Q(form="")
                | models.Q(form="family_farm", kind="household")
                | models.Q(form="federation", kind="cooperative"),
                name="form_of_its_kind",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["county", "kind"])]

    def __str__(self) -> str:
        return self.name


class FederationMember(models.Model):
    """A cooperative joins a federation or leaves it. Append-only; the newest row of the two holds."""

    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.BooleanField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(federation=models.F("cooperative")), name="member_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.federation_id} ← {self.cooperative_id}: {self.member}"


class Membership(models.Model):
    """A person's role in an organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=[(role.value, role.value) for role in Role])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation"], name="one_role_a_person_and_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.organisation_id}"


class Address(models.Model):
    """A delivery address. The province alone is in plain text: freight and reports need it, a person is not in it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    recipient = EncryptedTextField()
    phone = EncryptedTextField()
    province = models.CharField(max_length=20)
    city = EncryptedTextField(blank=True, default="")
    district = EncryptedTextField(blank=True, default="")
    line = EncryptedTextField()
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.province


class MembershipChange(models.Model):
    """The trail of memberships: every role that was given (`role`) or ended (''), by whom. Append-only.

    `number` counts the changes of one person in one organisation; `seal` is keyed and covers all of the row, so that
    one written by hand, or copied from another, is told from ours (see `accounts.trails`).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    role = models.CharField(max_length=10, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "number"], name="membership_change_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role or '-'}@{self.organisation_id}"


class StandingChange(models.Model):
    """Every change of an organisation's standing: from what to what, why, by whom. Append-only."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="standing_changes")
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.after}"


class RightsChange(models.Model):
    """The trail of what a person may do to the installation: may they sign in, do they administer it? Append-only.

    A person without an entry is as everyone begins. Numbered and sealed as `MembershipChange` is; who said why is
    written beside it as an `OfficeDeed`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    is_active = models.BooleanField()
    is_staff = models.BooleanField()
    is_superuser = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "number"], name="rights_change_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.number}"


class OfficeDeed(models.Model):
    """What an administrator did to the county, to a person or to an organisation, when and why. Append-only."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=200, blank=True, default="")
    after = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["county", "-at"], name="office_deeds_of_a_county")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class AddressChange(models.Model):
    """The trail of saved addresses: what each said, as a digest, until it was removed (''). Append-only.

    Numbered and sealed as `MembershipChange` is.
    """

    address_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address_id", "number"], name="address_change_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.address_id}: {self.number}"


class ApiToken(models.Model):
    """A personal token; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.prefix


class TermsConsent(models.Model):
    """Who agreed to which version of the terms of use and the privacy notice, and when. Append-only."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "version"], name="terms_agreed_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.version}"


class PersonalDataRead(models.Model):
    """Who read someone's personal data, when and why. Append-only."""

    reader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=60)
    what = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "at"])]

    def __str__(self) -> str:
        return f"{self.subject}: {self.what}"


class FieldKeySeal(models.Model):
    """A word that everyone knows, encrypted under the field key this database is written with. One row; append-only."""

    word = models.TextField()
    fingerprint = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_field_key_a_database")
        ]

    def __str__(self) -> str:
        return self.fingerprint


class Limit(models.Model):
    """How often something was done within a window that ends at `until`, and by whom, as a keyed hash."""

    key = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)
    used = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.used} until {self.until:%H:%M:%S}"


class FamiliarAddress(models.Model):
    """A network address, as a keyed hash, from which someone signed in with the right password before."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="familiar_addresses")
    address_hash = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "address_hash"], name="familiar_address_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.seen_at:%Y-%m-%d}"
