package io.perpetua.adapters.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteMatch;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.tracing.Tracing.Followed;
import io.perpetua.application.tracing.Tracing.Scope;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has every call followed, from before anybody looks at it until the last of its answer has gone: whichever thread works
 * for it meanwhile is known to do so.
 */
@ServerFilter("/v1/**")
@Order(TraceFilter.BEFORE_ALL)
final class TraceFilter {

    static final int BEFORE_ALL = -2_000;

    private static final String FOLLOWED = "perpetua.followed";

    /** What is asked for where there is nothing. */
    private static final String NOWHERE = "/v1";

    /** What a variable of a path may be. */
    private static final Pattern RULE = Pattern.compile(":[^}]*}");

    private final Tracing tracing;

    TraceFilter(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Goes along with the request from thread to thread. */
    private record Work(Followed followed) implements ThreadPropagatedContextElement<Scope> {

        @Override
        public Scope updateThreadContext() {
            return followed.enter();
        }

        @Override
        public void restoreThreadContext(@Nullable Scope entered) {
            if (entered != null) {
                entered.close();
            }
        }
    }

    @RequestFilter
    void begin(HttpRequest<?> request, MutablePropagatedContext context) {
        if (!tracing.equals(Tracing.NONE)) {
            var followed = tracing.begin(
                    request.getMethodName(),
                    route(request),
                    name -> request.getHeaders().get(name));
            request.setAttribute(FOLLOWED, followed);
            context.add(new Work(followed));
        }
    }

    @ResponseFilter
    void end(HttpRequest<?> request, HttpResponse<?> response) {
        request.getAttribute(FOLLOWED, Followed.class).ifPresent(followed -> {
            if (response.body() instanceof PulledBody more) {
                more.finallyRun(() -> followed.ended(response.code()));
            } else {
                followed.ended(response.code());
            }
        });
    }

    private static String route(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request).orElse(null) instanceof UriRouteMatch<?, ?> match
                ? RULE.matcher(match.getRouteInfo().getUriMatchTemplate().toPathString())
                        .replaceAll("}")
                : NOWHERE;
    }
}
