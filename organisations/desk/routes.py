"""The routes of the desk that are about people and organisations; what they need of `events` is passed in."""

from starlette.routing import Route

from organisations.desk import account_pages, member_pages, organisation_pages, report_pages, sign_in_pages
from organisations.desk.account_pages import PersonalData
from organisations.desk.organisation_pages import OrganisationPages
from organisations.desk.responses import DeskDependencies
from organisations.permissions import Permission, guarded

ACCOUNT = "/{lang}/desk/account"
ORGANISATION = "/{lang}/desk/organisations/{slug}"
MEMBER = f"{ORGANISATION}/members/{{member}}"
INVITATION = f"{ORGANISATION}/invitations/{{invitation}}"
SESSION = f"{ACCOUNT}/sessions/{{session}}"
NEW_ADDRESS = f"{ACCOUNT}/address/{{secret}}"
NEW = "/{lang}/desk/organisations/new"


def desk_routes(dependencies: DeskDependencies) -> list[Route]:
    """Every one of them; the narrower path stands before the wider."""
    organisation = OrganisationPages(dependencies)
    return [
        guarded("/{lang}/sign-in", sign_in_pages.show_sign_in, Permission.ANYBODY),
        guarded("/{lang}/sign-in", sign_in_pages.ask_for_letter, Permission.ANYBODY, method="POST"),
        guarded("/{lang}/sign-in/code", sign_in_pages.show_code_form, Permission.ANYBODY),
        guarded("/{lang}/sign-in/code", sign_in_pages.try_code, Permission.ANYBODY, method="POST"),
        guarded("/{lang}/sign-in/renewal", sign_in_pages.renew_letter, Permission.ANYBODY, method="POST"),
        guarded("/{lang}/sign-in/{secret}", sign_in_pages.show_link, Permission.ANYBODY),
        guarded("/{lang}/sign-in/{secret}", sign_in_pages.use_link, Permission.ANYBODY, method="POST"),
        guarded("/{lang}/sign-out", sign_in_pages.sign_out, Permission.ANYBODY, method="POST"),
        guarded("/{lang}/signed-out", sign_in_pages.show_signed_out, Permission.ANYBODY),
        guarded("/{lang}/invitations/{secret}", member_pages.show_invitation, Permission.ANYBODY),
        guarded("/{lang}/invitations/{secret}", member_pages.accept_invitation, Permission.ANYBODY, method="POST"),
        guarded("/{lang}/desk", organisation_pages.to_desk, Permission.SIGNED_IN),
        guarded(ACCOUNT, account_pages.show_account, Permission.SIGNED_IN),
        guarded(ACCOUNT, account_pages.save_account, Permission.SIGNED_IN, method="POST"),
        guarded(f"{ACCOUNT}/address", account_pages.ask_for_address, Permission.SIGNED_IN, method="POST"),
        guarded(NEW_ADDRESS, account_pages.show_new_address, Permission.SIGNED_IN),
        guarded(NEW_ADDRESS, account_pages.take_new_address, Permission.SIGNED_IN, method="POST"),
        guarded(f"{ACCOUNT}/data.json", PersonalData(dependencies).download_data, Permission.SIGNED_IN),
        guarded(f"{ACCOUNT}/deletion", account_pages.show_deletion, Permission.SIGNED_IN),
        guarded(f"{ACCOUNT}/deletion", account_pages.delete_account, Permission.SIGNED_IN, method="POST"),
        guarded(f"{SESSION}/removal", account_pages.end_session, Permission.SIGNED_IN, method="POST"),
        guarded(NEW, organisation.show_application, Permission.SIGNED_IN),
        guarded(NEW, organisation.apply, Permission.SIGNED_IN, method="POST"),
        guarded(ORGANISATION, organisation.show_profile, Permission.EDITOR_OR_CITY),
        guarded(ORGANISATION, organisation.save_profile, Permission.OWNER_OR_CITY, method="POST"),
        guarded(f"{ORGANISATION}/reports", report_pages.show_reports, Permission.EDITOR_OR_CITY),
        guarded(f"{ORGANISATION}/members", member_pages.show_members, Permission.EDITOR_OR_CITY),
        guarded(f"{MEMBER}/role", member_pages.change_role, Permission.OWNER_OR_CITY, method="POST"),
        guarded(f"{MEMBER}/removal", member_pages.remove_member, Permission.OWNER_OR_CITY, method="POST"),
        guarded(f"{ORGANISATION}/departure", member_pages.leave, Permission.EDITOR, method="POST"),
        guarded(f"{ORGANISATION}/invitations", member_pages.invite, Permission.OWNER_OR_CITY, method="POST"),
        guarded(f"{INVITATION}/removal", member_pages.withdraw_invitation, Permission.OWNER_OR_CITY, method="POST"),
    ]
