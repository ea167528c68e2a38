package io.perpetua.application.conversation;

import io.perpetua.application.brief.Briefs;
import io.perpetua.application.cache.AnswerCache;
import io.perpetua.application.memory.Anchors;

/** The ports of one store, which share what they keep. */
public record Stores(Conversations conversations, Outbox outbox, Anchors anchors, Briefs briefs, AnswerCache answers) {}
