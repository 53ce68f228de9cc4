package dev.sluice.connector.file.store.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.connector.file.store.StoredObject;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/** What can be done with the files of an SSH server, each thing with a line of its own. */
final class SftpFiles implements AutoCloseable {
    /** What the names of files begin with that are not there for anybody else. */
    static final String OURS = ".~sluice-";

    private static final int ATTEMPTS = 3;

    private final SftpLines lines;

    SftpFiles(SftpLines lines) {
        this.lines = lines;
    }

    /** Something to do with a line. */
    interface Call<T> {
        T with(ChannelSftp line) throws SftpException;
    }

    /** Does something, and again with another line where one breaks. */
    <T> T ask(String key, Call<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call);
            } catch (SftpException failure) {
                if (isAnswer(failure) || attempt == ATTEMPTS) {
                    throw problem(key, failure);
                }
            }
        }
    }

    private <T> T once(Call<T> call) throws SftpException {
        ChannelSftp line = lines.take();
        boolean usable = false;
        try {
            T result = call.with(line);
            usable = true;
            return result;
        } catch (SftpException failure) {
            usable = isAnswer(failure);
            throw failure;
        } finally {
            lines.giveBack(line, usable);
        }
    }

    /** True if the server said so; else the line broke. */
    private static boolean isAnswer(SftpException failure) {
        return failure.getCause() == null;
    }

    static boolean isMissing(SftpException failure) {
        return isAnswer(failure) && failure.id == ChannelSftp.SSH_FX_NO_SUCH_FILE;
    }

    String address(String key) {
        return lines.host() + "/" + key;
    }

    ProblemException problem(String key, SftpException failure) {
        String where = address(key);
        Problem problem = switch (isAnswer(failure) ? failure.id : ChannelSftp.SSH_FX_FAILURE) {
            case ChannelSftp.SSH_FX_NO_SUCH_FILE ->
                Problem.of("E_FILE_NOT_FOUND", ProblemKind.CONFIG, "there is no such file")
                        .at(where);
            case ChannelSftp.SSH_FX_PERMISSION_DENIED -> StoreProblems.denied(where, failure.getMessage());
            case ChannelSftp.SSH_FX_OP_UNSUPPORTED ->
                StoreProblems.unconditional(lines.host().toString())
                        .because("the server has no " + failure.getMessage());
            default -> StoreProblems.failed(where, failure.getMessage());
        };
        return problem.exception(failure);
    }

    /** Where a key lies: below the root, or below the home of the user. */
    static String path(String key) {
        return key.startsWith("~/") ? key.substring(2) : "/" + key;
    }

    /** The library takes stars and question marks for wildcards. */
    static String quoted(String path) {
        return path.replaceAll("[*?\\\\]", "\\\\$0");
    }

    static String folder(String key) {
        return key.substring(0, key.lastIndexOf('/') + 1);
    }

    /** The key of a file beside another one that nobody sees. */
    static String beside(String key) {
        return folder(key) + OURS + UUID.randomUUID();
    }

    static StoredObject described(String key, SftpATTRS file) {
        return new StoredObject(key, file.getSize(), seconds(file) * 1_000_000_000L, version(file));
    }

    static long seconds(SftpATTRS file) {
        return Integer.toUnsignedLong(file.getMTime());
    }

    static String version(SftpATTRS file) {
        return seconds(file) + "-" + file.getSize();
    }

    Optional<StoredObject> find(String key) {
        return ask(key, line -> {
            try {
                SftpATTRS file = line.stat(quoted(path(key)));
                return file.isDir() ? Optional.<StoredObject>empty() : Optional.of(described(key, file));
            } catch (SftpException failure) {
                if (isMissing(failure)) {
                    return Optional.<StoredObject>empty();
                }
                throw failure;
            }
        });
    }

    void delete(String key) {
        ask(key, line -> {
            try {
                line.rm(quoted(path(key)));
            } catch (SftpException failure) {
                if (!isMissing(failure)) {
                    throw failure;
                }
            }
            return true;
        });
    }

    /** Puts a file in the place of another one, or where there is none, in one step. */
    void rename(String from, String to) {
        if (!renameIfThere(from, to) && find(to).isEmpty()) {
            throw problem(from, new SftpException(ChannelSftp.SSH_FX_NO_SUCH_FILE, "it is gone"));
        }
    }

    /** The same; false if the file is not there, or no more because the answer to the first attempt was lost. */
    boolean renameIfThere(String from, String to) {
        return ask(to, line -> {
            if (line.getExtension("posix-rename@openssh.com") == null) {
                throw new SftpException(ChannelSftp.SSH_FX_OP_UNSUPPORTED, "posix-rename@openssh.com");
            }
            makeFolders(line, folder(to));
            try {
                line.rename(quoted(path(from)), quoted(path(to)));
                return true;
            } catch (SftpException failure) {
                if (isAnswer(failure) && !isThere(line, from)) {
                    return false;
                }
                throw failure;
            }
        });
    }

    /**
     * Gives a file another name, if nothing has that name.
     *
     * @return false if something has it
     */
    boolean link(String from, String to) {
        return ask(to, line -> {
            if (line.getExtension("hardlink@openssh.com") == null) {
                throw new SftpException(ChannelSftp.SSH_FX_OP_UNSUPPORTED, "hardlink@openssh.com");
            }
            // A name that was taken may be free again when one looks who has it.
            for (int attempt = 1; ; attempt++) {
                try {
                    line.hardlink(quoted(path(from)), quoted(path(to)));
                    return true;
                } catch (SftpException failure) {
                    if (isAnswer(failure) && isThere(line, to)) {
                        return false;
                    }
                    if (!isAnswer(failure) || attempt == ATTEMPTS) {
                        throw failure;
                    }
                }
            }
        });
    }

    private static boolean isThere(ChannelSftp line, String key) throws SftpException {
        try {
            line.lstat(quoted(path(key)));
            return true;
        } catch (SftpException failure) {
            if (isMissing(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** Gives what is to be written, each time it is tried. */
    interface Content {
        InputStream open() throws IOException;
    }

    /** Writes a file that nobody else knows, and returns what it is. */
    SftpATTRS write(String key, Content content) {
        return ask(key, line -> {
            makeFolders(line, folder(key));
            try (InputStream bytes = content.open()) {
                line.put(bytes, quoted(path(key)), ChannelSftp.OVERWRITE);
            } catch (IOException failure) {
                throw StoreProblems.failed(address(key), failure.getMessage()).exception(failure);
            }
            return line.stat(quoted(path(key)));
        });
    }

    private static void makeFolders(ChannelSftp line, String folder) throws SftpException {
        if (folder.length() <= 1 || isThere(line, folder.substring(0, folder.length() - 1))) {
            return;
        }
        String own = folder.substring(0, folder.length() - 1);
        makeFolders(line, folder(own));
        try {
            line.mkdir(quoted(path(own)));
        } catch (SftpException failure) {
            if (!isThere(line, own)) {
                throw failure;
            }
        }
    }

    /** A line for somebody who gives it back. */
    ChannelSftp take() {
        return lines.take();
    }

    void giveBack(ChannelSftp line, boolean usable) {
        lines.giveBack(line, usable);
    }

    @Override
    public void close() {
        lines.close();
    }
}
