package io.perpetua.adapters.redis;

import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;

/** Where documents are: what belongs to one in a slot by its id, the lists of them in a slot of their own. */
final class DocumentKeys {

    private static final String LISTS = "perpetua:{docs}:";

    /** The scopes that ever had documents: their names, in the order of bytes. */
    static final byte[] SCOPES = Names.bytes(LISTS + "scopes");

    /** Which documents have been erased, by when that is to be seen to. */
    static final byte[] ERASED = Names.bytes(LISTS + "erased");

    private DocumentKeys() {}

    /** What a document is. */
    static byte[] document(String id) {
        return of(id, "d");
    }

    /** Its pages, by their numbers. */
    static byte[] pages(String id) {
        return of(id, "p");
    }

    /** Its bytes, in pieces by their numbers from 0. */
    static byte[] bytes(String id) {
        return of(id, "b");
    }

    private static byte[] of(String id, String what) {
        return Names.bytes("perpetua:{" + id + "}:" + what);
    }

    /** The ids of a scope's documents, in the order of bytes. */
    static byte[] listed(Scope scope) {
        return Names.bytes(LISTS + "of:" + Names.digest(name(scope)));
    }

    /** The ids of the documents that belong to a conversation. */
    static byte[] bound(Scope scope, String conversation) {
        return Names.bytes(LISTS + "bound:" + Names.digest(name(scope) + '\0' + conversation));
    }

    static byte[] bound(ConversationKey key) {
        return bound(key.scope(), key.id());
    }

    /** A scope in one text: neither part holds a control character. */
    static String name(Scope scope) {
        return scope.tenant() + '\0' + scope.namespace();
    }

    static Scope scope(String name) {
        int end = name.indexOf('\0');
        return new Scope(name.substring(0, end), name.substring(end + 1));
    }
}
