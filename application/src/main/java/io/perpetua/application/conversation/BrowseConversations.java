package io.perpetua.application.conversation;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.facts.Facts;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.tracing.Tracing.Step;
import io.perpetua.application.vision.ContentDigest;
import io.perpetua.application.vision.Documents;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.memory.KeptAnchors.Standing;
import io.perpetua.domain.vision.Document;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Use case: look at conversations, take them away, erase them. Safe for concurrent use. */
public final class BrowseConversations {

    private final Conversations conversations;
    private final Anchors anchors;
    private final Briefs briefs;
    private final Facts facts;
    private final Documents documents;
    private final Consumer<ConversationKey> erased;
    private final Tracing tracing;

    /**
     * Looks into the given stores.
     *
     * @param erased told after a conversation has gone from the record, to see it out of what is kept beside it
     * @param tracing follows every erasure
     */
    public BrowseConversations(
            Conversations conversations,
            Anchors anchors,
            Briefs briefs,
            Facts facts,
            Documents documents,
            Consumer<ConversationKey> erased,
            Tracing tracing) {
        this.conversations = conversations;
        this.anchors = anchors;
        this.briefs = briefs;
        this.facts = facts;
        this.documents = documents;
        this.erased = erased;
        this.tracing = tracing;
    }

    /** Everything about a conversation but its turns, which {@link #turns} pages through. */
    public record Export(
            Conversation conversation,
            @Nullable Brief brief,
            List<Standing> anchors,
            List<Fact> facts,
            List<Document> documents) {}

    /** A page of a scope's conversations, as {@link Conversations#list} has it. */
    public Conversations.Page list(Scope scope, @Nullable String cursor, int limit) {
        return conversations.list(scope, cursor, limit);
    }

    public Conversation get(ConversationKey key) {
        Conversation found = conversations.find(key);
        if (found == null) {
            throw RequestRefused.noConversation(key, null);
        }
        return found;
    }

    /** Up to {@code limit} turns after turn {@code after}, ascending. */
    public List<Turn> turns(ConversationKey key, int after, int limit) {
        int last = (int) Math.min(get(key).turns(), (long) after + limit);
        return last <= after ? List.of() : conversations.turns(key, List.of(new TurnRange(after + 1, last)));
    }

    public Export export(ConversationKey key) {
        return new Export(
                get(key),
                briefs.find(key),
                KeptAnchors.standing(anchors.of(key), Integer.MAX_VALUE),
                facts.query(key.scope(), FactFilter.ofConversation(key.id(), null), null, Integer.MAX_VALUE)
                        .facts(),
                documents.of(key));
    }

    /** SHA-256 of a document's bytes, in hexadecimal digits; null where it has gone. */
    public @Nullable String digest(Scope scope, Document document) {
        try (var content = documents.open(scope, document.id())) {
            return content == null ? null : HexFormat.of().formatHex(ContentDigest.of(content.file()));
        } catch (IOException e) {
            throw new StoreUnavailable("The bytes of a document cannot be read", e);
        }
    }

    /** Erases a conversation with all that is kept of it. There may be facts and documents of one that nobody has spoken in. */
    public void erase(ConversationKey key) {
        boolean known = facts.forget(key) > 0;
        known |= documents.eraseOf(key);
        if (!tracing.step(Step.DELETE_MEMORY, () -> conversations.erase(key)) && !known) {
            throw RequestRefused.noConversation(key, null);
        }
        facts.forget(key); // what was heard meanwhile in turns that are gone now
        erased.accept(key);
    }
}
