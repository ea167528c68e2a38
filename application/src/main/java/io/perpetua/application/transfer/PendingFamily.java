package io.perpetua.application.transfer;

import io.perpetua.application.transfer.Archive.Part;
import io.perpetua.application.transfer.Archive.Stretch;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is gathered of a family and not added yet, and what came of what was. Not safe for concurrent use. */
final class PendingFamily {

    private final Entry.Begun begun;
    private final Map<String, List<ArchivedTurn>> byBranch = new LinkedHashMap<>();
    final List<ArchivedConversation> conversations = new ArrayList<>();
    int turns;
    long characters;

    /** Whether a part of it was given to the store. */
    boolean sent;

    /** Turns that were not there before. */
    int added;

    @Nullable
    String conflict;

    PendingFamily(Entry.Begun begun) {
        this.begun = begun;
    }

    void say(Entry.Said said) {
        byBranch.computeIfAbsent(said.branch(), _ -> new ArrayList<>()).add(said.turn());
        var message = said.turn().turn().message();
        turns++;
        characters += message.text().length() + message.wire().length();
    }

    Part part() {
        var stretches = new ArrayList<Stretch>();
        byBranch.forEach((branch, said) -> stretches.add(new Stretch(branch, said)));
        return new Part(begun.scope(), stretches, conversations);
    }

    Scope scope() {
        return begun.scope();
    }

    List<String> branches() {
        return begun.branches().stream().map(PathSegment::branch).toList();
    }

    void clear() {
        byBranch.clear();
        conversations.clear();
        turns = 0;
        characters = 0;
    }
}
