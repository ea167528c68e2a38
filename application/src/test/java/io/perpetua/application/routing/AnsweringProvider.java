package io.perpetua.application.routing;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.usage.Usage;
import java.util.List;

/** A provider that answers whatever it is asked with the same text. Safe for concurrent use. */
public final class AnsweringProvider implements ChatProvider {

    private static final Message ANSWER = new Message(
            Role.ASSISTANT,
            "Hello.",
            null,
            List.of(),
            null,
            List.of(),
            "{\"object\":\"chat.completion\",\"choices\":[]}");

    private final ScriptedProvider scripted = new ScriptedProvider();

    @Override
    public String name() {
        return scripted.name();
    }

    @Override
    public List<ModelInfo> models() {
        return scripted.models();
    }

    @Override
    public boolean open() {
        return scripted.open();
    }

    @Override
    public synchronized ProviderReply ask(ProviderRequest request) {
        var reply = scripted.reply();
        if (request.stream()) {
            reply.preamble("{}").content("{}").finish("{}").usage("{}").done(ANSWER, Usage.estimated(1, 1));
        } else {
            reply.whole(ANSWER, Usage.estimated(1, 1));
        }
        return scripted.ask(request);
    }
}
