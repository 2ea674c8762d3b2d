"""Signing in with the school's own Google Workspace or Microsoft Entra account (OpenID Connect, code flow with PKCE).

Why these are two small views of ours and not allauth's `openid_connect` provider: allauth sends no nonce and skips the
signature of the id_token in the code flow; keeps its applications and accounts in tables without a school, unique for
the whole machine; and brings sign-up, e-mail linking and stored tokens, each of which we would have to switch off and
keep off. What is left to write is short: `flow` (leave and come back), `tokens` (is this proof good), `keys` (the
provider's public keys), `kinds` (where Google and Microsoft answer). Both ways end in Django's `login`.

A person is recognised by issuer and subject and by nothing else. An e-mail address never signs in or links anybody.
"""
