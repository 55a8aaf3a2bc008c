"""The words that rooms above may use about a message. Plain types, no library.

Every label that a rule, an example file or a curated entry names must stand here; loaders refuse the rest.
"""

from enum import IntEnum, StrEnum


class Tier(IntEnum):
    """A route, never a score of risk and never shown to a person. Order matters: a higher one wins."""

    T0 = 0  # no sign
    T1 = 1  # concern
    T2 = 2  # ideation, self-harm or danger
    T3 = 3  # imminent


class Kind(StrEnum):
    """What a signal of risk is about."""

    PASSIVE_WISH = "passive_wish"
    HOPELESSNESS = "hopelessness"
    WISH_DEAD = "wish_dead"
    ACTIVE_IDEATION = "active_ideation"
    METHOD_OR_PLAN = "method_or_plan"
    INTENT_OR_ATTEMPT_NOW = "intent_or_attempt_now"
    SELF_HARM = "self_harm"
    HARM_TO_OTHERS = "harm_to_others"
    ABUSE_OR_DANGER = "abuse_or_danger"
    CHILD_IN_DANGER = "child_in_danger"
    MEDICAL_EMERGENCY = "medical_emergency"
    PSYCHOSIS_VOICES = "psychosis_voices"
    EATING_DISORDER = "eating_disorder"
    THIRD_PARTY = "third_party"
    PAST = "past"
    UNDERAGE = "underage"


class Status(StrEnum):
    """How a signal is meant. Only an asserted one carries its kind's full tier."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    PAST = "past"
    OTHER_PERSON = "other_person"
    HYPOTHETICAL = "hypothetical"
    QUOTED = "quoted"
    FIGURATIVE = "figurative"


class Intensity(StrEnum):
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class Mood(StrEnum):
    """The direction of a whole message: the gate before every choice of words."""

    NEGATIVE = "negative"
    MIXED = "mixed"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


NEGATIVE_FEELINGS = frozenset(
    "sadness grief loneliness anxiety fear anger frustration hurt betrayal disappointment shame guilt regret "
    "overwhelm exhaustion numbness confusion torn insecurity helplessness hopelessness envy longing boredom "
    "disgust shock".split()
)
POSITIVE_FEELINGS = frozenset("joy excitement relief pride gratitude hope love calm".split())
FEELINGS = NEGATIVE_FEELINGS | POSITIVE_FEELINGS

ACTS = frozenset(
    # openings and closings
    "greeting thanks goodbye small_talk "
    # towards the listener
    "question_to_listener are_you_human privacy_question asks_advice asks_information asks_diagnosis asks_repeat "
    "wants_person "
    "wants_listening correction complaint compliment test off_limits refusal "
    # answers
    "yes no dont_know agreement apology laughter "
    # telling
    "good_news tells_plan recommends disagrees answers other".split()
)

# What a question to the listener is about; described, with patterns, in rules/en/asked.yaml.
ASKED = frozenset(
    # what it is
    "credentials alive inner own_life how_are lived name age maker "
    # what it does
    "abilities cost not_able languages hours memory friend judging understands play orders stopping "
    # what it holds of them, of others, of what comes
    "of_them sides foretell is_it_normal own_act view "
    # what it cannot know
    "clock medicine find_help fact knows_me "
    # who reads along
    "who_reads tells kept".split()
)

SELF_TALK = frozenset("shame guilt should_rule mistake kindness_to_self kindness_to_others kindness_received".split())

SITUATIONS = frozenset(
    # work and study
    "work_stress burnout job_loss job_search job_interview bad_boss coworkers unappreciated new_job career_choice "
    "exams school_stress bad_grade being_new "
    # love
    "breakup missing_ex divorce cheating relationship_conflict partner_distant ghosted unrequited_love dating "
    "long_distance new_relationship "
    # family
    "family_conflict parents siblings in_laws estrangement parenting child_worry caring_for_someone becoming_parent "
    "pregnancy_loss infertility empty_nest family_visit "
    # friends and others
    "friend_conflict friend_lost left_out making_friends no_one_to_talk_to being_alone argument not_listened_to "
    "being_lied_to trust_broken bullying being_judged being_used helping_someone "
    # loss
    "death_of_loved_one anniversary_of_loss dying_loved_one ill_loved_one pet_loss pet_ill "
    # body and mind
    "illness chronic_pain waiting_for_results depression_said anxiety_said panic body_image weight_and_food sleep "
    "tired drinking smoking drugs breaking_a_habit exercise seeking_help therapy medication overthinking crying "
    "past_trauma "
    # money, home, world
    "money_worry housing moving_home homesick migration lockdown discrimination faith identity news_of_the_world "
    "accident crime bad_day "
    # self
    "self_doubt perfectionism procrastination feeling_behind ageing mistake_made regretted_past decision "
    "feeling_empty social_anxiety embarrassment secret apology_owed temper social_media gaming "
    # good things
    "achievement progress small_joy good_time_together birthday holiday hobby nature new_baby pet_joy "
    "kindness_received plans_ahead".split()
)

# The frame a clause of the client's stands in when it is said back (nlp.clauses).
AS_FELT = "as_felt"  # an absolute: only ever said back as how it feels
CLAUSE_FRAMES = frozenset(
    "feel afraid be been being been_doing role want need think have_to cant dont dont_know miss love keep do "
    "have have_done other other_is said makes_me it_is seems there how_long both_sides told untold used_to it_noun "
    "it_plain as_felt".split()
)
THEMES = frozenset(
    # between
    "keeps_a_secret how_to_tell_them kept_quiet tears_came strong_one_for_others blamed_unfairly "
    "fed_up_with_people awkward_with_people wishes_they_would was_praised thankful_for_someone over_the_moon "
    "own_birthday line_was_crossed told_them_at_last "
    # joys
    "a_baby_is_coming proud_of_someone was_remembered stranger_was_kind made_up_again new_friend_found "
    "accepted_as_they_are seeing_them_soon made_it_myself team_won little_pleasure pet_joy celebration_ahead "
    "old_friend_found "
    # mishaps
    "noise_all_around shared_home_friction lost_a_thing trip_goes_wrong scare_or_near_miss gross "
    "weather_gets_down team_lost "
    # near
    "let_down_by_someone talked_about mocked no_friends_near friend_has_no_time envy_stings regrets_words "
    "cant_forgive money_between_people stood_up_for_self not_let_speak embarrassed_in_public stranger_was_rude "
    "afraid_not_liked cant_stand_them heartbroken doubts_their_word "
    # cares
    "someone_is_ill parent_growing_old pet_died pet_in_trouble lost_a_baby helpless_to_help they_are_all_right "
    "someone_far_away old_times parent_forgets_them "
    # kin
    "longs_for_a_child child_pulls_away child_has_it_hard children_growing_up kept_from_children parenting_alone "
    "parent_was_not_there other_one_preferred held_too_tight family_would_not_accept told_they_are_wrong "
    "not_speaking in_laws_hard family_time_goes_wrong caught_in_the_middle watches_them_go_wrong turning_into_them "
    # couple
    "broke_up cheated_on suspects_something fight_with_someone carries_it_all_at_home not_thanked "
    "forgot_their_day left_without_an_answer likes_someone dating_is_hard single_among_couples ex_stirs_it_up "
    "apart_from_partner wants_differ not_liked_back on_a_break "
    # talk
    "doubts_it new_to_this hard_to_put_in_words not_sure_of_it means_to_try questions_own_feelings needs_to_get_it_out "
    "wonders_if_alone_in_it did_not_see_it_coming how_will_it_go_on their_whole_world "
    "pushes_back_kindly tried_that_already hesitates_to_tell feels_lighter_for_talking hopes_it_works_out "
    "it_rings_true all_right_by_now resigned_to_it praise_does_not_land "
    # life
    "died_recently grief_comes_back no_goodbye alone_at_home ill_or_in_pain waiting_for_news "
    "doctor_or_therapy_hard unhappy_with_looks far_from_home treated_as_less scammed_or_robbed "
    "bad_day holds_on_by_faith decides_and_doubts small_good_thing someone_was_kind relief_at_last "
    "looking_forward "
    # people
    "no_one_to_tell lonely_among_people left_out_of_it friendship_faded betrayed_by_close_one "
    "only_called_when_needed not_understood afraid_to_be_a_bother parent_never_pleased fights_at_home "
    "caring_for_someone_alone worried_for_someone hard_with_the_children misses_somebody loved_ones_together "
    # work
    "work_not_seen too_much_on_them boss_treats_badly dreads_going_in wants_to_quit lost_the_job "
    "looking_and_rejected exam_ahead failed_at_it not_good_enough_at_it money_short got_good_work_news "
    "nervous_and_excited "
    # mind
    "cant_stop_thinking everything_negative hope_flickered pretending_fine numb_nothing_reaches lost_interest "
    "no_energy sleep_wont_come worst_case panic_came anxious_without_reason same_every_day stuck "
    "behind_others future_frightens should_have_done two_steps_back tried_everything afraid_to_ask_for_help "
    "proud_of_small_step feeling_better "
    # love
    "avoids_the_talk always_the_one_to_try left_for_someone_else left_without_reason still_love_them cant_move_on "
    "drifting_apart mixed_signals walking_on_eggshells not_wanted afraid_of_losing_them "
    "thinking_of_ending_it_with_them love_found "
    # habits
    "habit_slipped wants_to_change_habit off_it_for_a_while habit_gives_something habit_not_so_bad "
    "sent_by_others habit_costs_them doubts_can_change knows_but_does_not own_limits wants_it_for_them "
    "eats_it_away healthier_wish body_going_well medicine_doubts lost_to_the_screen tells_how_much "
    "not_ready_yet "
    # jobs
    "long_hours does_others_work paid_too_little job_not_safe starts_something_new job_is_good "
    "work_follows_home life_after_work studies_slipping puts_it_off cant_concentrate "
    # body
    "worn_out feels_ill_now body_holds_back doctors_found_something test_or_surgery_ahead fears_illness "
    "all_clear_or_mending bad_dreams "
    # home
    "plans_fell_through home_at_risk run_around home_in_a_mess moving_house home_of_their_own "
    "something_broke "
    # moods
    "short_fuse feels_guilty not_fair so_angry world_weighs pandemic_wears everything_changes getting_older "
    "grateful_for_it calm_for_once feels_ready wants_to_feel_better goes_on_so_long hard_on_self "
    # strain
    "feeling_low on_edge unsure_of_self shy_with_people never_enough has_no_help made_a_mistake of_two_minds".split()
)
GOOD_SITUATIONS = frozenset(
    "achievement progress small_joy good_time_together birthday holiday hobby nature new_baby pet_joy "
    "kindness_received plans_ahead new_relationship".split()
)
# Situations that may be either.
OPEN_SITUATIONS = frozenset(
    "new_job becoming_parent family_visit making_friends helping_someone therapy medication exercise job_interview "
    "moving_home dating faith gaming identity drinking smoking crying ageing career_choice decision exams birthday "
    "holiday seeking_help body_image weight_and_food".split()
)
GOOD_THEMES = frozenset(
    "proud_of_someone was_remembered stranger_was_kind made_up_again new_friend_found accepted_as_they_are "
    "seeing_them_soon made_it_myself team_won little_pleasure pet_joy celebration_ahead was_praised "
    "thankful_for_someone over_the_moon they_are_all_right loved_ones_together small_good_thing someone_was_kind "
    "relief_at_last looking_forward got_good_work_news proud_of_small_step feeling_better love_found "
    "body_going_well job_is_good all_clear_or_mending home_of_their_own grateful_for_it calm_for_once feels_ready "
    "feels_lighter_for_talking old_friend_found".split()
)
# Events that weigh on one person and please another: which, must show in the words beside them.
BARE_THEMES = frozenset(
    "exam_ahead test_or_surgery_ahead wants_to_quit moving_house life_after_work children_growing_up long_hours "
    "waiting_for_news something_broke home_in_a_mess starts_something_new someone_far_away "
    "old_times getting_older everything_changes a_baby_is_coming own_birthday dating_is_hard medicine_doubts "
    "apart_from_partner likes_someone body_holds_back weather_gets_down worn_out parent_growing_old "
    "wants_to_change_habit healthier_wish someone_is_ill lost_a_thing kept_from_children goes_on_so_long in_laws_hard "
    "broke_up".split()
)
# How they speak of a thing, rather than how it is for them.
OPEN_THEMES = BARE_THEMES | frozenset(
    "told_them_at_last holds_on_by_faith nervous_and_excited off_it_for_a_while wants_to_feel_better "
    "stood_up_for_self hopes_it_works_out it_rings_true means_to_try doubts_it hard_to_put_in_words not_sure_of_it "
    "questions_own_feelings needs_to_get_it_out wonders_if_alone_in_it did_not_see_it_coming pushes_back_kindly "
    "tried_that_already hesitates_to_tell habit_gives_something habit_not_so_bad sent_by_others habit_costs_them "
    "doubts_can_change knows_but_does_not own_limits wants_it_for_them tells_how_much not_ready_yet "
    "decides_and_doubts work_follows_home same_every_day hope_flickered of_two_minds "
    "their_whole_world all_right_by_now resigned_to_it praise_does_not_land".split()
)
