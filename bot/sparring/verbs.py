"""Common English verbs in their bare form: what a question's subject ends before."""

from __future__ import annotations

_WORDS = """
    abandon abolish abort accept access accuse achieve act adapt add adopt adjust admit advise
    afford aid allow answer apologise apologize apply arrange arrest ask assist assume attack attend
    avoid award ban be bear become begin believe benefit betray blame block boycott break bring
    build burn buy call campaign care carry cast cause censor change charge cheat check choose
    claim clean clone close come comfort commit compensate compete complain comply conceal confess
    confront conscript consent consider consume contact continue control convict convince cook copy
    correct count cover create criticise criticize cross cull cut date deal deceive decide declare
    decline defend delay delete demand deny depend deploy deport deserve destroy develop die
    disclose discourage discriminate disobey display distribute divorce do donate drink drive drop
    earn eat edit educate eliminate employ enable encourage end endorse enforce enter erase escape
    establish evade execute exist expect experiment explain exploit expose extend face fail favour
    favor feed feel fight fill find fine fire flee follow forbid force forget forgive fund gain
    get give go govern grant grow guarantee guess hand harm have heal hear help hide hire hit hold
    hunt ignore imitate imprison improve include increase inform inherit insist install intervene
    invade invest invite join judge keep kill know lead leak learn leave lend let lie limit listen
    live look lose love lower make manage mandate marry matter mean meet mention mind monitor move
    obey object offer open operate opt order outlaw overrule owe own pass pay perform permit pick
    place plan play post practise practice prefer prepare present preserve press pretend prevent
    prioritise prioritize produce prohibit promise promote protect protest prove provide publish
    pull punish pursue push put question quit raise reach read receive reckon recognise recognize
    record redistribute reduce refuse regret regulate reject release rely remain remember remove
    repay replace reply report represent require rescue respect respond rest restrict return reveal
    reward ring risk rule run sacrifice save say search see seek sell send separate serve settle
    shame share shoot show sign sit smoke speak spend spoil stand start stay steal step sterilise
    stop study subsidise subsidize suffer support surrender survive swap swear switch take talk
    tax teach tell test think tolerate torture touch track trade train transfer travel treat trust
    try turn understand undergo use vaccinate value violate visit volunteer vote wait walk warn
    watch wear weigh welcome win withdraw withhold work worry wreck write
"""
VERBS = frozenset(_WORDS.split())
