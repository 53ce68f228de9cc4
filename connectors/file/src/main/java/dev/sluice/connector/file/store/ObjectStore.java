package dev.sluice.connector.file.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The objects of one bucket. Failures that are no answer are problems that name the object and never a secret. Methods may
 * be called by several threads at once.
 */
public interface ObjectStore extends AutoCloseable {
    /** The address of the bucket, such as {@code s3://lake}. */
    String address();

    /** The address of an object. */
    default String addressOf(String key) {
        return address() + "/" + key;
    }

    /**
     * Some of the objects.
     *
     * @param prefix what their keys begin with
     * @param after where the page before ended; empty for the first one
     */
    Page list(String prefix, String after);

    /**
     * The same where it is known how deep the wanted objects lie, so that stores with folders need not look further.
     *
     * @param depth how many slashes the rest of a wanted key has at most behind the prefix
     */
    default Page list(String prefix, int depth, String after) {
        return list(prefix, after);
    }

    /**
     * A page of a list.
     *
     * @param objects the objects, by their keys
     * @param next what to ask for the next page; empty if this is the last one
     */
    record Page(List<StoredObject> objects, String next) {
        public Page {
            objects = List.copyOf(objects);
        }
    }

    /** What an object is now; empty if it is not there. */
    Optional<StoredObject> head(String key);

    /**
     * Opens exactly this version of an object.
     *
     * @param from the first byte that is wanted, before the last one
     * @throws dev.sluice.spi.problem.ProblemException with the code {@code E_FILE_CHANGED} if there is another one now
     * @throws IOException if the connection broke, so that trying again may help
     */
    InputStream open(StoredObject object, long from) throws IOException;

    /** The content of a small object; empty if it is not there. */
    Optional<Content> read(String key, int maxBytes);

    /** A content with its version; nobody changes the bytes. */
    final class Content {
        private final byte[] bytes;
        private final String version;

        /** A content with what the store calls this version of it. */
        public Content(byte[] bytes, String version) {
            this.bytes = bytes;
            this.version = version;
        }

        /** The bytes. */
        public byte[] bytes() {
            return bytes;
        }

        /** The version. */
        public String version() {
            return version;
        }
    }

    /**
     * Writes a small object if it is still what it was. A client whose answer got lost writes again and is refused for its
     * own first write, so whoever has to know whether it was they who wrote asks {@link Exchange}.
     *
     * @param expected the version that has to be there; empty if there has to be none
     * @return the version that was written; empty if something else was there, which then stays
     */
    Optional<String> put(String key, byte[] content, String expected);

    /** Writes an object of any size, whatever was there before; it is there as a whole or not at all. */
    void upload(String key, Path file);

    /** Writes an object to a file of this machine. */
    void download(String key, Path file);

    /** Writes an object with the content of another one, without fetching it; it appears as a whole. */
    void copy(String from, String to);

    /** Deletes an object, if it is there. */
    void delete(String key);

    /** Gives up the uploads below a prefix that somebody began and never ended. */
    void abortUploads(String prefix);

    @Override
    void close();
}
