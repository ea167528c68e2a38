package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {

    @TempDir
    Path directory;

    private Session session;
    private Writer writer;

    @BeforeEach
    void open() throws SQLException {
        session = Session.writing(directory.resolve("test.db"));
        session.script("CREATE TABLE t (n INTEGER UNIQUE)");
        writer = new Writer(session);
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
        session.close();
    }

    @Test
    void write_failure_reachesOnlyWhoeverCausedIt() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = new CompletableFuture<Boolean>();
            executor.execute(() -> writer.write(open -> {
                held.join();
                return true;
            }));
            for (int i = 0; i < 10; i++) {
                answers.add(add(executor, i / 2));
            }
            held.complete(true);
        }

        assertThat(answers)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(5);
        assertThat(writer.<List<Long>>write(open -> open.list("SELECT n FROM t ORDER BY n", row -> row.getLong(1))))
                .containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void write_workThatThrows_leavesNothingAndTheNextGoesOn() {
        assertThatThrownBy(() -> writer.write(open -> {
                    open.update("INSERT INTO t VALUES (1)");
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");

        assertThat(writer.<Long>write(open -> open.number("SELECT count(*) FROM t")))
                .isZero();
    }

    @Test
    void close_writesThatWait_areDoneOrRefused() throws SQLException {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                answers.add(add(executor, i));
            }
            executor.execute(writer::close);
        }

        long refused = answers.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
        assertThat(session.number("SELECT count(*) FROM t")).isEqualTo(100 - refused);
    }

    private CompletableFuture<Integer> add(ExecutorService executor, int n) {
        return CompletableFuture.supplyAsync(
                () -> writer.write(open -> open.update("INSERT INTO t VALUES (?)", n)), executor);
    }
}
