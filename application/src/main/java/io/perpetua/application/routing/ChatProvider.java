package io.perpetua.application.routing;

import io.perpetua.domain.conversation.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Someone who answers chat requests. Driven port; safe for concurrent use. Providers speak OpenAI's wire format towards
 * us, whatever they speak outwards.
 */
public interface ChatProvider {

    /** The name in {@code provider/model}, such as {@code openai}. */
    String name();

    /** The models that are known to be there, the preferred one first. */
    List<ModelInfo> models();

    /** Whether models that are not listed may be asked for: an endpoint that knows more than it was configured with. */
    boolean open();

    /**
     * Asks for an answer. Returns once the provider has begun to answer, or at the latest when its timeout for that has
     * passed.
     *
     * @throws ProviderFailure when there will be no answer
     * @throws java.util.concurrent.CancellationException when the caller is interrupted, which cancels the call
     */
    ProviderReply ask(ProviderRequest request);

    /**
     * One call.
     *
     * @param model the provider's own name of the model
     * @param messages what to send, each with its JSON in {@link Message#wire()}
     * @param parameters a JSON object of every other field of the request, to be passed on untouched; neither model,
     *     messages nor stream are in it
     * @param stream whether to answer in pieces
     * @param patience how long the answer, or of a stream its first content, is waited for before the call counts as timed
     *     out, where that is less than the provider's own timeouts allow
     * @param headers what goes along for those who follow the call, by the names of HTTP headers
     */
    record ProviderRequest(
            String model,
            List<Message> messages,
            String parameters,
            boolean stream,
            Duration patience,
            Map<String, String> headers) {

        public ProviderRequest {
            headers = Map.copyOf(headers);
        }

        /** A call that nobody follows. */
        public ProviderRequest(
                String model, List<Message> messages, String parameters, boolean stream, Duration patience) {
            this(model, messages, parameters, stream, patience, Map.of());
        }

        /** A call that is waited for as long as the provider's own timeouts allow. */
        public ProviderRequest(String model, List<Message> messages, String parameters, boolean stream) {
            this(model, messages, parameters, stream, Duration.ofSeconds(Long.MAX_VALUE));
        }

        /** The same call with what goes along for those who follow it. */
        public ProviderRequest accompaniedBy(Map<String, String> along) {
            return new ProviderRequest(model, messages, parameters, stream, patience, along);
        }

        /** Tells of what is said no more than its length: it may get into logs. */
        @Override
        public String toString() {
            return "ProviderRequest[" + model + ", " + messages.size() + " messages]";
        }
    }
}
