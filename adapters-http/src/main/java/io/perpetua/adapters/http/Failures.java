package io.perpetua.adapters.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.perpetua.adapters.http.access.Usage;
import io.perpetua.adapters.http.chat.Metadata;
import io.perpetua.adapters.http.guard.Endings;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.access.LimitReached;
import io.perpetua.application.admission.Overloaded;
import io.perpetua.application.admission.QueueState;
import io.perpetua.application.chat.ChatFailed;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Answers whatever a controller throws, save what the framework's own handlers know better. */
@Singleton
@Produces
public final class Failures implements ExceptionHandler<Throwable, HttpResponse<?>> {

    /** Codes of providers' own may be anything. */
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,64}");

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, Throwable failure) {
        var problem = Problems.of(failure);
        var response = problem.response(body(problem, failure).getBytes(StandardCharsets.UTF_8));
        String code = problem.code();
        if (code != null && WORD.matcher(code).matches()) {
            response.header(Endings.DETAIL, code);
        }
        if (failure instanceof LimitReached reached && reached.level() != null) {
            Usage.write(reached.level(), response);
        }
        return response;
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
        if (failure instanceof Overloaded overloaded) {
            json.set("queue", queue(overloaded.queue()));
        }
        return Json.write(json);
    }

    private static ObjectNode queue(QueueState queue) {
        return Json.object()
                .put("served", queue.served())
                .put("at_once", queue.policy().atOnce())
                .put("waiting", queue.waiting())
                .put("waiting_limit", queue.policy().waiting());
    }
}
