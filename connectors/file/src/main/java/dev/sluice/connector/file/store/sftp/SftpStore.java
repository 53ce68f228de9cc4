package dev.sluice.connector.file.store.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.SftpLogin;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.connector.file.store.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files of an SSH server, seen as objects: a key is a path, its version is the time and size of the file. */
public final class SftpStore implements ObjectStore {
    private final SftpHost host;
    private final SftpFiles files;
    private final SftpExchange exchange;

    private SftpStore(SftpHost host, SftpFiles files) {
        this.host = host;
        this.files = files;
        this.exchange = new SftpExchange(files);
    }

    /** Opens a server; nothing is asked of it yet. */
    public static SftpStore open(String server, SftpLogin login) {
        SftpHost host = SftpHost.parse(server);
        return new SftpStore(host, new SftpFiles(new SftpLines(host, login)));
    }

    @Override
    public String address() {
        return host.toString();
    }

    @Override
    public Page list(String prefix, String after) {
        return list(prefix, Integer.MAX_VALUE, after);
    }

    @Override
    public Page list(String prefix, int depth, String after) {
        return new Page(SftpWalk.files(files, prefix, depth), "");
    }

    @Override
    public Optional<StoredObject> head(String key) {
        return files.find(key);
    }

    @Override
    public InputStream open(StoredObject object, long from) throws IOException {
        String key = object.key();
        ChannelSftp line = files.take();
        InputStream content = null;
        try {
            content = line.get(SftpFiles.quoted(SftpFiles.path(key)), null, from);
            // Versions do not come again, so what was opened before this is the one that is wanted.
            boolean same = head(key).filter(object::equals).isPresent();
            if (!same) {
                throw StoreProblems.changed(addressOf(key)).exception();
            }
            return new Borrowing(content, line);
        } catch (SftpException failure) {
            if (SftpFiles.isMissing(failure)) {
                throw StoreProblems.changed(addressOf(key)).exception(failure);
            }
            if (failure.getCause() != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            throw files.problem(key, failure);
        } finally {
            if (content == null) {
                files.giveBack(line, false);
            }
        }
    }

    @Override
    public Optional<Content> read(String key, int maxBytes) {
        return exchange.read(key, maxBytes);
    }

    @Override
    public Optional<String> put(String key, byte[] content, String expected) {
        return exchange.put(key, content, expected);
    }

    @Override
    public void upload(String key, Path file) {
        String unfinished = SftpFiles.beside(key);
        long size = files.write(unfinished, () -> Files.newInputStream(file)).getSize();
        if (size != file.toFile().length()) {
            throw StoreProblems.failed(addressOf(key), "only " + size + " bytes of it arrived")
                    .exception();
        }
        files.rename(unfinished, key);
    }

    @Override
    public void download(String key, Path file) {
        files.ask(key, line -> {
            try (OutputStream out = Files.newOutputStream(file)) {
                line.get(SftpFiles.quoted(SftpFiles.path(key)), out);
                return true;
            } catch (IOException failure) {
                throw StoreProblems.failed(addressOf(key), failure.getMessage()).exception(failure);
            }
        });
    }

    /** The same file under another name; no name of it is ever written again. */
    @Override
    public void copy(String from, String to) {
        String second = SftpFiles.beside(from);
        files.link(from, second);
        files.rename(second, to);
        // Where both names were those of one file already, a rename leaves them.
        files.delete(second);
    }

    @Override
    public void delete(String key) {
        files.delete(key);
    }

    @Override
    public void abortUploads(String prefix) {
        SftpWalk.unfinished(files, prefix).forEach(file -> files.delete(file.key()));
    }

    @Override
    public void close() {
        files.close();
    }

    /** A content that comes over a line, which is given back in the end. */
    private final class Borrowing extends FilterInputStream {
        private final ChannelSftp line;
        private boolean broken;
        private boolean closed;

        Borrowing(InputStream content, ChannelSftp line) {
            super(content);
            this.line = line;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (IOException failure) {
                broken = true;
                throw failure;
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (!broken) {
                    super.close();
                }
            } catch (IOException failure) {
                broken = true;
                throw failure;
            } finally {
                files.giveBack(line, !broken);
            }
        }
    }
}
