package dev.sluice.server.secrets;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys that secrets are encrypted with. The primary one encrypts, all of them decrypt, so that a key is changed by
 * adding one. Threads may share it.
 */
public final class KeyRing {
    private static final String FILE = "secret-keys.json";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** What Tink writes before each text: a byte of version and four that name the key. */
    private static final int PREFIX = 5;

    private final KeysetHandle keys;
    private final Aead aead;
    private final @Nullable Path file;

    private KeyRing(KeysetHandle keys, @Nullable Path file) throws GeneralSecurityException {
        this.keys = keys;
        this.aead = keys.getPrimitive(AeadConfig2026.get(), Aead.class);
        this.file = file;
    }

    /**
     * The keys of a data directory; made if there are none.
     *
     * @throws ProblemException code {@code E_SECRET_KEYS}, if they cannot be read, or others than their owner can
     */
    public static KeyRing inDirectory(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            save(file, newKeys());
        }
        return ofFile(file);
    }

    /**
     * The keys of a file, such as one that is mounted into the machines of several servers.
     *
     * @throws ProblemException code {@code E_SECRET_KEYS}, if they cannot be read, or others than their owner can
     */
    public static KeyRing ofFile(Path file) {
        try {
            requireOwnerOnly(file);
            return parse(Files.readString(file), file);
        } catch (IOException cause) {
            throw unusable("the keys for secrets cannot be read", file, cause.toString())
                    .exception(cause);
        }
    }

    /**
     * Keys as a text, such as that of an environment variable.
     *
     * @throws ProblemException code {@code E_SECRET_KEYS}, if it holds none
     */
    public static KeyRing ofText(String keys) {
        return parse(keys, null);
    }

    /** The text of new keys, for whoever hands them over by a file or a variable. */
    public static String newKeys() {
        try {
            return text(KeysetHandle.newBuilder()
                    .setConfiguration(AeadConfig2026.get())
                    .addEntry(newKey())
                    .build());
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(cause);
        }
    }

    /**
     * The same keys and a new one, which encrypts from now on.
     *
     * @return the new keys, kept in the file that these came from; only their text changes hands where there is none
     */
    public KeyRing rotated() {
        try {
            KeysetHandle more = KeysetHandle.newBuilder(keys)
                    .setConfiguration(AeadConfig2026.get())
                    .addEntry(newKey())
                    .build();
            Path place = file;
            if (place != null) {
                save(place, text(more));
            }
            return new KeyRing(more, place);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(cause);
        }
    }

    /** The keys as a text. Whoever has it can read all secrets. */
    public String text() {
        try {
            return text(keys);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(cause);
        }
    }

    /** Says how many keys there are. */
    @Override
    public String toString() {
        return "KeyRing of " + keys.size();
    }

    byte[] encrypt(String text, UUID owner) {
        try {
            return aead.encrypt(text.getBytes(StandardCharsets.UTF_8), associated(owner));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(cause);
        }
    }

    String decrypt(byte[] cipherText, UUID owner) {
        try {
            return new String(aead.decrypt(cipherText, associated(owner)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException cause) {
            throw Problem.of("E_SECRET_LOCKED", ProblemKind.INTEGRITY, "a secret cannot be decrypted")
                    .because("it was encrypted with a key that this server does not have, or was altered")
                    .fix("give this server the keys of the one that wrote the store, or enter the secret again")
                    .exception(cause);
        }
    }

    /** True if the text was encrypted with the key that encrypts now. */
    boolean isCurrent(byte[] cipherText) {
        return cipherText.length > PREFIX
                && ByteBuffer.wrap(cipherText, 1, PREFIX - 1).getInt()
                        == keys.getPrimary().getId();
    }

    /** Binds a text to its owner: copied to another one's row, it does not open. */
    private static byte[] associated(UUID owner) {
        return ("sluice secret of " + owner).getBytes(StandardCharsets.UTF_8);
    }

    private static KeysetHandle.Builder.Entry newKey() {
        return KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId()
                .makePrimary();
    }

    private static KeyRing parse(String text, @Nullable Path file) {
        try {
            KeysetHandle keys =
                    TinkJsonProtoKeysetFormat.parseKeyset(text, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
            for (int i = 0; i < keys.size(); i++) {
                if (!(keys.getAt(i).getKey() instanceof AesGcmKey)) {
                    throw unusable("the keys for secrets are of another kind", file, "they have to be for AES-GCM")
                            .exception();
                }
            }
            return new KeyRing(keys, file);
        } catch (GeneralSecurityException malformed) { // its message may repeat parts of the text
            throw unusable("the keys for secrets are malformed", file, "they are no key set of Tink in JSON")
                    .exception();
        }
    }

    private static String text(KeysetHandle keys) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keys, AeadConfig2026.get(), InsecureSecretKeyAccess.get());
    }

    /** Writes aside and swaps, so that keys are never half there. */
    private static void save(Path file, String text) {
        try {
            Path aside = file.resolveSibling(FILE + "." + UUID.randomUUID());
            if (knowsOwners(file)) {
                Files.createFile(aside, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException cause) {
            throw unusable("the keys for secrets cannot be written", file, cause.toString())
                    .exception(cause);
        }
    }

    private static void requireOwnerOnly(Path file) throws IOException {
        if (knowsOwners(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            others.removeAll(PosixFilePermissions.fromString("rwx------"));
            if (!others.isEmpty()) {
                throw unusable("the keys for secrets can be read by others", file, "its rights are too wide")
                        .fix("run chmod 600 on it; if somebody may have read it, change the secrets too")
                        .exception();
            }
        }
    }

    private static boolean knowsOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Problem unusable(String message, @Nullable Path file, String why) {
        return Problem.of("E_SECRET_KEYS", ProblemKind.RESOURCE, message)
                .at(file == null ? null : file.toString())
                .because(why)
                .fix("bring back the file from a backup; without its keys, secrets have to be entered again");
    }
}
