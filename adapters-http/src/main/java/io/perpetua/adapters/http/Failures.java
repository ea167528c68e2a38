package io.perpetua.adapters.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.perpetua.adapters.http.chat.Metadata;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.chat.ChatFailed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** Answers whatever a controller throws, save what the framework's own handlers know better. */
@Singleton
@Produces
public final class Failures implements ExceptionHandler<Throwable, HttpResponse<?>> {

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
        var problem = Problems.of(failure);
        return problem.response(body(problem, failure).getBytes(StandardCharsets.UTF_8));
    }

    /** The error as JSON, for where no response can be begun any more. */
    public static String json(Throwable failure) {
        return body(Problems.of(failure), failure);
    }

    private static String body(Problem problem, Throwable failure) {
        String relayed = ProviderProblems.relayed(failure);
        if (relayed != null) {
            return relayed;
        }
        var json = problem.json();
        if (failure instanceof ChatFailed failed) {
            json.set(Metadata.FIELD, Metadata.of(failed.report()));
        }
        return Json.write(json);
    }
}
