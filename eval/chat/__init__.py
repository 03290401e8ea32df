"""The sparring partner's engine: sessions, replies, live meters; no screen.

A client makes or opens a `Session` with `Sessions`, builds a `Partner` on it and is told `Event`s:

    session = Sessions().new(Setup(model="smollm2"), topic_of("meat.eggs"))
    partner = Partner(session, listen=print)
    reply = await partner.send("Is it wrong to eat eggs?")
    await partner.aclose()
    session.close()
"""
