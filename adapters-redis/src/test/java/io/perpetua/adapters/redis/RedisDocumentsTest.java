package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.vision.Documents;
import io.perpetua.application.vision.Documents.Erased;
import io.perpetua.application.vision.DocumentsContract;
import io.perpetua.application.vision.IndexJobs;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.DocumentId;
import io.perpetua.domain.vision.IndexJob;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.perpetua.adapters.redis.Deployment#all")
class RedisDocumentsTest extends DocumentsContract {

    private final Deployment deployment;

    RedisDocumentsTest(Deployment deployment) {
        this.deployment = deployment;
    }

    @Override
    protected Documents documents() {
        var link = deployment.anyLink();
        return new RedisDocuments(link, new DocumentErasure(link, new RedisIndexJobs(link)));
    }

    @Override
    protected IndexJobs jobs() {
        return new RedisIndexJobs(deployment.anyLink());
    }

    @Test
    void writingThatBrokeOff_isToldInTimeAndLeavesNoBytes() throws IOException {
        var link = deployment.link();
        var scope = new Scope("tenant " + UUID.randomUUID(), "default");
        String id = DocumentId.of(scope, "broken off".getBytes(UTF_8));
        new DocumentErasure(link, new RedisIndexJobs(link)).writing(scope, id);
        new DocumentBytes(link).write(id, Files.writeString(folder.resolve("content"), "broken off"));

        var later = new DocumentErasure(
                link, new RedisIndexJobs(link), () -> Instant.now().plus(Duration.ofHours(1)));
        var told = later.erased(1_000_000).stream()
                .filter(each -> each.scope().equals(scope))
                .toList();
        assertThat(told).extracting(Erased::document).containsExactly(id);
        assertThat(documents().erased(1_000_000)).noneMatch(each -> each.scope().equals(scope));
        later.forget(told.getFirst());

        assertThat(link.<Long>ask(commands -> commands.exists(DocumentKeys.bytes(id))))
                .isZero();
        assertThat(later.erased(1_000_000)).noneMatch(each -> each.scope().equals(scope));
    }

    @Test
    void job_thatHasEnded_expires() {
        var scope = new Scope("tenant " + UUID.randomUUID(), "default");
        var job = IndexJob.queued("one", scope, "doc", null, Map.of(), false, Instant.EPOCH);
        jobs().add(job, 1_000_000, 1_000_000);
        jobs().update(job.succeeded(1, null));

        long left = deployment.link().<Long>ask(commands -> commands.pttl(RedisIndexJobs.ended(scope, "one")));
        assertThat(left).isBetween(1L, IndexJobs.KEPT.toMillis());
    }

    @Test
    void erase_leavesNoKeyOfTheDocument() throws IOException {
        var scope = new Scope("tenant " + UUID.randomUUID(), "default");
        String id = DocumentId.of(scope, "counted".getBytes(UTF_8));
        var document = new Document(id, "", null, 7, Map.of(), 0, false, Instant.EPOCH);
        documents().keep(scope, document, Files.writeString(folder.resolve("content"), "counted"));
        assertThat(documents().erase(scope, id)).isTrue();

        for (byte[] key : List.of(DocumentKeys.document(id), DocumentKeys.pages(id), DocumentKeys.bytes(id))) {
            assertThat(deployment.link().<Long>ask(commands -> commands.exists(key)))
                    .isZero();
        }
    }
}
