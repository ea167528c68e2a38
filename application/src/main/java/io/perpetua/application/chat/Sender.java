package io.perpetua.application.chat;

import io.perpetua.domain.access.Caller;
import io.perpetua.domain.admission.Priority;
import io.perpetua.domain.admission.Visitor;
import io.perpetua.domain.conversation.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, and how urgent it is to them.
 *
 * @param caller who calls
 * @param namespace which of the caller's applications
 * @param user the end user, if the client names one
 * @param counted the end user for whom the request is counted: the one that is named, or whoever stands for it; null when
 *     it is counted for the key alone
 */
public record Sender(
        Caller caller,
        String namespace,
        @Nullable String user,
        @Nullable String counted,
        Priority priority) {

    /** Whoever is on this machine, in no hurry. */
    public static final Sender LOCAL = new Sender(Caller.LOCAL, Scope.DEFAULT_NAMESPACE, null, null, Priority.NORMAL);

    /** Whose conversations are meant. */
    public Scope scope() {
        return caller.scope(namespace);
    }

    /** Who shares the server with others: the tenant's end user or, where none is counted, the key. */
    public Visitor visitor() {
        return counted == null
                ? new Visitor(caller.party(), "key/" + caller.key(), false)
                : new Visitor(caller.party(), "user/" + counted, true);
    }
}
