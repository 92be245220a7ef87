"""The addresses of the desk that are about people and organisations; what is lent to them comes from above."""

from starlette.routing import Route

from organisations.desk import account_pages, member_pages, organisation_pages, report_pages, sign_in_pages
from organisations.desk.account_pages import PersonalData
from organisations.desk.frame import Lent
from organisations.desk.organisation_pages import OrganisationPages
from organisations.rules import guarded

ACCOUNT = "/{lang}/desk/account"
ORGANISATION = "/{lang}/desk/organisations/{slug}"


def desk_routes(lent: Lent) -> list[Route]:
    """Every one of them; the narrower path stands before the wider."""
    organisation = OrganisationPages(lent)
    return [
        guarded("/{lang}/sign-in", sign_in_pages.show_sign_in),
        guarded("/{lang}/sign-in", sign_in_pages.ask_for_letter, "POST"),
        guarded("/{lang}/sign-in/code", sign_in_pages.show_code_form),
        guarded("/{lang}/sign-in/code", sign_in_pages.try_code, "POST"),
        guarded("/{lang}/sign-in/renewal", sign_in_pages.renew_letter, "POST"),
        guarded("/{lang}/sign-in/{secret}", sign_in_pages.show_link),
        guarded("/{lang}/sign-in/{secret}", sign_in_pages.use_link, "POST"),
        guarded("/{lang}/sign-out", sign_in_pages.sign_out, "POST"),
        guarded("/{lang}/signed-out", sign_in_pages.show_signed_out),
        guarded("/{lang}/invitations/{secret}", member_pages.show_invitation),
        guarded("/{lang}/invitations/{secret}", member_pages.accept_invitation, "POST"),
        guarded("/{lang}/desk", organisation_pages.to_desk),
        guarded(ACCOUNT, account_pages.show_account),
        guarded(ACCOUNT, account_pages.save_account, "POST"),
        guarded(f"{ACCOUNT}/address", account_pages.ask_for_address, "POST"),
        guarded(f"{ACCOUNT}/address/{{secret}}", account_pages.show_new_address),
        guarded(f"{ACCOUNT}/address/{{secret}}", account_pages.take_new_address, "POST"),
        guarded(f"{ACCOUNT}/data.json", PersonalData(lent).download_data),
        guarded(f"{ACCOUNT}/deletion", account_pages.show_deletion),
        guarded(f"{ACCOUNT}/deletion", account_pages.delete_account, "POST"),
        guarded(f"{ACCOUNT}/sessions/{{session}}/removal", account_pages.end_session, "POST"),
        guarded("/{lang}/desk/organisations/new", organisation.show_application),
        guarded("/{lang}/desk/organisations/new", organisation.apply, "POST"),
        guarded(ORGANISATION, organisation.show_profile),
        guarded(ORGANISATION, organisation.save_profile, "POST"),
        guarded(f"{ORGANISATION}/reports", report_pages.show_reports),
        guarded(f"{ORGANISATION}/members", member_pages.show_members),
        guarded(f"{ORGANISATION}/members/{{member}}/role", member_pages.change_role, "POST"),
        guarded(f"{ORGANISATION}/members/{{member}}/removal", member_pages.remove_member, "POST"),
        guarded(f"{ORGANISATION}/departure", member_pages.leave, "POST"),
        guarded(f"{ORGANISATION}/invitations", member_pages.invite, "POST"),
        guarded(f"{ORGANISATION}/invitations/{{invitation}}/removal", member_pages.withdraw_invitation, "POST"),
    ]
