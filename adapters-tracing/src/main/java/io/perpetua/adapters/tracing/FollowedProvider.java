package io.perpetua.adapters.tracing;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderReply;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider each call of which is followed, to the end of its answer. Safe for concurrent use. */
record FollowedProvider(ChatProvider provider, @Nullable URI address, OpenTelemetryTracing tracing)
        implements ChatProvider {

    private static final String CHAT = "chat";
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public List<ModelInfo> models() {
        return provider.models();
    }

    @Override
    public boolean open() {
        return provider.open();
    }

    @Override
    public ProviderReply ask(ProviderRequest request) {
        var builder = tracing.tracer()
                .spanBuilder(CHAT + " " + request.model())
                .setSpanKind(address == null ? SpanKind.INTERNAL : SpanKind.CLIENT)
                .setAttribute(Names.OPERATION, CHAT)
                .setAttribute(Names.PROVIDER, conventional(name()))
                .setAttribute(Names.REQUEST_MODEL, request.model())
                .setAttribute(Names.REQUEST_STREAM, request.stream());
        address(builder);
        if (tracing.content()) {
            builder.setAttribute(Names.INPUT_MESSAGES, Said.messages(request.messages()));
        }
        var call = new FollowedCall(builder.startSpan(), tracing.content());
        var context = Context.current().with(call.span());
        try (var _ = Work.enter(context)) {
            return new FollowedReply(provider.ask(request.accompaniedBy(tracing.headers(context))), call);
        } catch (RuntimeException | Error e) {
            call.broke(e);
            throw e;
        }
    }

    private void address(SpanBuilder builder) {
        if (address != null && address.getHost() != null) {
            int usual = "https".equals(address.getScheme()) ? HTTPS : HTTP;
            builder.setAttribute(Names.SERVER_ADDRESS, address.getHost())
                    .setAttribute(Names.SERVER_PORT, address.getPort() < 0 ? usual : address.getPort());
        }
    }

    /** What the conventions call a provider; those that they do not know keep their names. */
    private static String conventional(String name) {
        return switch (name) {
            case "gemini" -> "gcp.gemini";
            case "mistral" -> "mistral_ai";
            case "xai" -> "x_ai";
            case "moonshot" -> "moonshot_ai";
            default -> name;
        };
    }
}
