package io.perpetua.adapters.http.access;

import io.micronaut.core.annotation.AnnotationMetadataProvider;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.access.CheckKey;
import io.perpetua.application.access.MeterCalls;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.access.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every call: tells who calls, refuses what they may not, and counts the request. A call that does not say
 * what it needs is refused, so that none is left open by forgetting.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AccessFilter {

    private static final String BEARER = "bearer ";

    private final CheckKey keys;
    private final MeterCalls meter;
    private final HostNames hosts;

    AccessFilter(CheckKey keys, MeterCalls meter, HostNames hosts) {
        this.keys = keys;
        this.meter = meter;
        this.hosts = hosts;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void admit(HttpRequest<?> request) {
        var route = RouteAttributes.getRouteMatch(request).orElse(null);
        if (route == null || route.getAnnotationMetadata().hasAnnotation(Open.class)) {
            return; // there is nothing, or nothing to hide
        }
        var caller = keys.caller(token(request));
        if (caller.equals(Caller.LOCAL)) {
            hosts.check(request);
        }
        check(caller, needed(route));
        Callers.put(request, caller);
        Usage.note(request, meter.request(caller));
    }

    @ResponseFilter
    void account(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Usage.write(request, response);
    }

    private static @Nullable String token(HttpRequest<?> request) {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    private static @Nullable Permission needed(AnnotationMetadataProvider route) {
        return route.getAnnotationMetadata()
                .enumValue(Needs.class, Permission.class)
                .orElse(null);
    }

    private static void check(Caller caller, @Nullable Permission needed) {
        if (needed == null) {
            throw new RequestRefused(Reason.FORBIDDEN, "permission_denied", null, "nobody may make this call");
        }
        if (!caller.may(needed)) {
            throw new RequestRefused(
                    Reason.FORBIDDEN,
                    "permission_denied",
                    null,
                    "this key lacks the scope '" + needed.wire() + "', which the call needs");
        }
    }
}
