package dev.sluice.connector.file.store.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.file.store.Listing;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.ObjectStoreContract;
import dev.sluice.connector.file.store.SftpLogin;
import dev.sluice.connector.file.store.SftpServer;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of an SSH server keep the contract of stores; and what is their own: known hosts, keys, commits that stopped. */
class SftpStoreTest extends ObjectStoreContract {
    private final SftpServer server = SftpServer.shared();

    @Override
    protected ObjectStore newStore() {
        return server.store(server.newBucket());
    }

    @Override
    protected ObjectStore withoutRights() {
        return SftpStore.open(
                server.newBucket(), new SftpLogin("not-the-secret", null, null, server.fingerprint(), null));
    }

    private static Problem problem(ObjectStore store) {
        try (store) {
            store.head("any");
            throw new AssertionError("it did not fail");
        } catch (ProblemException failure) {
            return failure.problem();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aServerThatIsNotKnownIsToldNoPassword(@TempDir Path folder) throws IOException {
        String bucket = server.newBucket();
        String port = bucket.substring(bucket.lastIndexOf(':') + 1);
        Path known = folder.resolve("known_hosts");
        SftpLogin login = new SftpLogin("the-password", null, null, null, known.toString());
        assertThat(problem(SftpStore.open(bucket, login)).code()).isEqualTo("E_SSH_HOST_KEY");
        SftpLogin other = new SftpLogin("the-password", null, null, "SHA256:" + "A".repeat(43), null);
        assertThat(problem(SftpStore.open(bucket, other)).code()).isEqualTo("E_SSH_HOST_KEY");
        String key = PublicKeyEntry.toString(server.hostKey().getPublic());
        Files.writeString(known, "[127.0.0.1]:" + port + " " + key + "\n");
        try (ObjectStore store = SftpStore.open(bucket, login)) {
            assertThat(store.head("any")).isEmpty();
        }
    }

    @Test
    void aPrivateKeyIsEnough() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(server.clientKey().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        SftpLogin login = new SftpLogin(null, pem, null, server.fingerprint(), null);
        try (ObjectStore store = SftpStore.open(server.newBucket(), login)) {
            assertThat(store.put("a", bytes("1"), "")).isPresent();
        }
        assertThat(login.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() {
        assertThat(problem(SftpStore.open("ann@127.0.0.1:1", SftpLogin.NONE)).code())
                .isEqualTo("E_STORE_UNREACHABLE");
        assertThatThrownBy(() -> SftpStore.open("ann@", SftpLogin.NONE)).hasMessageContaining("no server");
        assertThat(SftpStore.open("ann@[::1]:2022", SftpLogin.NONE).address()).isEqualTo("sftp://ann@::1:2022");
    }

    @Test
    void versionsDifferThoughTheyAreOfOneSizeAndSecond() {
        try (ObjectStore store = newStore()) {
            List<String> versions = new ArrayList<>();
            String version = "";
            for (int write = 0; write < 4; write++) {
                version = store.put("m", bytes("" + write), version).orElseThrow();
                versions.add(version);
            }
            assertThat(versions).doesNotHaveDuplicates();
            assertThat(store.put("m", bytes("x"), versions.get(2))).isEmpty();
        }
    }

    @Test
    void aCommitThatWasStoppedBeforeItWasSeenIsFinishedByTheNext() throws IOException {
        String bucket = server.newBucket();
        Path folder = server.folder(bucket);
        try (ObjectStore store = server.store(bucket)) {
            String first = store.put("m", bytes("first"), "").orElseThrow();
            // As if a writer had been killed when it had taken the name of the successor.
            Path successor = Files.writeString(folder.resolve(".~sluice-m-after-" + first), "second");
            assertThat(store.put("m", bytes("third"), first)).isEmpty();
            assertThat(successor).doesNotExist();
            assertThat(new String(store.read("m", 99).orElseThrow().bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("second");
            assertThat(names(folder)).containsExactly("m");
        }
    }

    @Test
    void aReaderFinishesItToo() throws IOException {
        String bucket = server.newBucket();
        try (ObjectStore store = server.store(bucket)) {
            String first = store.put("m", bytes("first"), "").orElseThrow();
            Files.writeString(server.folder(bucket).resolve(".~sluice-m-after-" + first), "second one");
            ObjectStore.Content content = store.read("m", 99).orElseThrow();
            assertThat(content.bytes()).isEqualTo(bytes("second one"));
            assertThat(store.put("m", bytes("third"), content.version())).isPresent();
        }
    }

    @Test
    void whatWasLeftUnfinishedIsNotListedAndIsGivenUp(@TempDir Path local) throws IOException {
        String bucket = server.newBucket();
        Path folder = server.folder(bucket);
        try (ObjectStore store = server.store(bucket)) {
            store.upload("in/a", Files.writeString(local.resolve("a"), "1"));
            Files.writeString(folder.resolve("in/.~sluice-left"), "half");
            assertThat(Listing.all(store, "")).extracting(StoredObject::key).containsExactly("in/a");
            store.abortUploads("in/");
            assertThat(names(folder.resolve("in"))).containsExactly("a");
            // A copy that is done again, after a crash before its source was deleted.
            store.copy("in/a", "out/a");
            store.copy("in/a", "out/a");
            assertThat(names(folder.resolve("in"))).containsExactly("a");
        }
    }

    @Test
    void foldersAreEnteredNoDeeperThanNeeded() {
        try (ObjectStore store = newStore()) {
            for (String key : List.of("a", "b/c", "b/d/e")) {
                store.put(key, bytes(key), "");
            }
            List<String> near = new ArrayList<>();
            Listing.each(store, "", 1, object -> near.add(object.key()));
            assertThat(near).containsExactly("a", "b/c");
        }
    }

    @Test
    void aLineServesAgainAfterItsStreamWasLeftInTheMiddle() throws IOException {
        try (ObjectStore store = newStore()) {
            byte[] large = new byte[2_000_000];
            store.put("large", large, "");
            StoredObject object = store.head("large").orElseThrow();
            for (int time = 0; time < 12; time++) {
                try (InputStream input = store.open(object, time)) {
                    assertThat(input.readNBytes(1000)).hasSize(1000);
                }
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (InputStream input = store.open(object, 0)) {
                input.transferTo(all);
            }
            assertThat(all.size()).isEqualTo(large.length);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
