package io.perpetua.domain.conversation;

/**
 * Names one conversation.
 *
 * @param scope whose it is
 * @param id unique within the scope; 1 to 256 printable characters, chosen by the client or by us
 */
public record ConversationKey(Scope scope, String id) {

    public ConversationKey {
        Names.require("conversation_id", id);
    }

    /** The conversation of the same scope that is called {@code otherId}. */
    public ConversationKey sibling(String otherId) {
        return new ConversationKey(scope, otherId);
    }
}
