package io.perpetua.adapters.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.perpetua.adapters.http.json.Json;

/**
 * Says why a page is refused: the framework refuses one that calls this machine from an origin that is not allowed,
 * whether or not the browser would show it the answer, but does so without a word.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
final class RefusedOrigins implements Ordered {

    @ResponseFilter
    void explain(MutableHttpResponse<?> response) {
        if (response.code() == HttpStatus.FORBIDDEN.getCode() && response.body() == null) {
            var problem = Problem.of(
                    HttpStatus.FORBIDDEN,
                    ErrorType.INVALID_REQUEST,
                    "origin_not_allowed",
                    "pages of this origin may not call the server; perpetua.http.cors_origins lists those that may");
            Replies.json(response, Json.bytes(problem.json()));
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
