package io.perpetua.application.routing;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.usage.Usage;
import java.util.List;

/** The fake keeps the contract that the providers keep which it stands for. */
class ScriptedProviderTest extends ChatProviderContract {

    private static final String JSON = "{\"object\":\"chat.completion\",\"choices\":[]}";
    private static final Message ANSWER = new Message(Role.ASSISTANT, "Hi.", null, List.of(), null, List.of(), JSON);

    private final ScriptedProvider scripted = new ScriptedProvider();

    /** The fake, with an answer prepared whenever it is asked. */
    @Override
    protected ChatProvider provider() {
        return new ChatProvider() {
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
            public ProviderReply ask(ProviderRequest request) {
                var reply = scripted.reply();
                if (request.stream()) {
                    reply.preamble("{}").content("{}").finish("{}").usage("{}").done(ANSWER, Usage.estimated(1, 1));
                } else {
                    reply.whole(ANSWER, Usage.estimated(1, 1));
                }
                return scripted.ask(request);
            }
        };
    }
}
