package dev.sluice.connector.file.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store has to do, against a real server of its kind. */
public abstract class ObjectStoreContract {
    @TempDir
    private Path folder;

    private ObjectStore store;

    /** A new and empty place in a store. */
    protected abstract ObjectStore newStore();

    /** The same place with credentials that are not valid. */
    protected abstract ObjectStore withoutRights();

    @BeforeEach
    final void open() {
        store = newStore();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<String> text(String key) {
        return store.read(key, 1 << 20).map(content -> new String(content.bytes(), StandardCharsets.UTF_8));
    }

    /** As all who write on a condition do: the libraries of stores write again by themselves when an answer is lost. */
    private Optional<String> put(String key, byte[] content, String expected) {
        return Exchange.put(store, key, content, expected);
    }

    @Test
    void onlyOneCreatesAnObject() {
        Optional<String> first = put("a/b", bytes("first"), "");
        assertThat(first).isPresent();
        assertThat(put("a/b", bytes("second"), "")).isEmpty();
        assertThat(text("a/b")).contains("first");
        assertThat(store.head("a/b").map(StoredObject::version)).isEqualTo(first);
    }

    @Test
    void anObjectIsReplacedOnlyIfItIsTheOneThatWasRead() {
        String first = put("x", bytes("first"), "").orElseThrow();
        String second = put("x", bytes("second"), first).orElseThrow();
        assertThat(second).isNotEqualTo(first);
        assertThat(put("x", bytes("third"), first)).isEmpty();
        assertThat(text("x")).contains("second");
        assertThat(put("absent", bytes("any"), first)).isEmpty();
        assertThat(text("absent")).isEmpty();
    }

    @Test
    void oneOfManyWritersWins() throws InterruptedException {
        AtomicInteger winners = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 6)
                .mapToObj(number -> Thread.ofPlatform().start(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    if (put("lock", bytes("writer " + number), "").isPresent()) {
                        winners.incrementAndGet();
                    }
                }))
                .toList();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(winners).hasValue(1);
    }

    @Test
    void aWriteWhoseAnswerWasLostCountsAsWritten() {
        String version = put("m", bytes("mine"), "").orElseThrow();
        assertThat(Exchange.put(store, "m", bytes("mine"), "")).contains(version);
        assertThat(Exchange.put(store, "m", bytes("others"), "")).isEmpty();
    }

    @Test
    void listsAllPagesOfAPrefixByKey() {
        for (String key : List.of("in/2", "in/1", "in/sub/3", "inner", "out/4")) {
            store.put(key, bytes(key), "");
        }
        List<StoredObject> listed = Listing.all(store, "in/");
        assertThat(listed).extracting(StoredObject::key).containsExactly("in/1", "in/2", "in/sub/3");
        assertThat(listed).extracting(StoredObject::size).containsExactly(4L, 4L, 8L);
        assertThat(listed.getFirst()).isEqualTo(store.head("in/1").orElseThrow());
        assertThat(Listing.all(store, "nothing/")).isEmpty();
    }

    @Test
    void namesOfAnyKindAreKeys() {
        for (String key : List.of("day=2026-11-26/a b.csv", "%41/ü/日本.csv", "a+b@(c)~.csv")) {
            store.put(key, bytes("1"), "");
            store.copy(key, "copy of/" + key);
            assertThat(text("copy of/" + key)).as(key).contains("1");
            assertThat(Listing.all(store, "copy of/" + key))
                    .extracting(StoredObject::key)
                    .containsExactly("copy of/" + key);
        }
    }

    @Test
    void readsAPartOfAVersion() throws IOException {
        store.put("part", bytes("0123456789"), "");
        StoredObject object = store.head("part").orElseThrow();
        try (InputStream input = store.open(object, 4)) {
            assertThat(input.readNBytes(3)).isEqualTo(bytes("456"));
        }
        store.put("part", bytes("another one"), object.version());
        assertThatThrownBy(() -> {
                    try (InputStream input = store.open(object, 4)) {
                        input.readAllBytes();
                    }
                })
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().code()).isEqualTo("E_FILE_CHANGED"));
    }

    @Test
    void filesGoThereAndBackAndObjectsMove() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        store.put("up/file", bytes("what was there before"), "");
        store.upload("up/file", file);
        assertThat(store.head("up/file").orElseThrow().size()).isEqualTo(content.length);
        store.copy("up/file", "seen/file");
        store.delete("up/file");
        store.delete("up/file");
        assertThat(store.head("up/file")).isEmpty();
        Path back = folder.resolve("back");
        store.download("seen/file", back);
        assertThat(back).hasBinaryContent(content);
    }

    @Test
    void whoMayNotIsToldSoAndNoSecretIsShown() {
        try (ObjectStore denied = withoutRights()) {
            assertThatThrownBy(() -> denied.put("a", bytes("a"), ""))
                    .isInstanceOfSatisfying(ProblemException.class, problem -> {
                        assertThat(problem.problem().kind()).isEqualTo(ProblemKind.PERMISSION);
                        assertThat(problem.problem().toString()).doesNotContain("not-the-secret");
                    });
        }
    }
}
