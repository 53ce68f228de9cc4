package dev.sluice.connector.file.input;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Standard input, which can be read once.
 *
 * <p>A sample of its beginning can be looked at first, as often as one likes; it is kept and read again as a part of the
 * whole. There is one standard input in a process, so there is one of these.
 */
public final class StandardInput implements FileAccess {
    /** The path that stands for standard input. */
    public static final String PATH = "-";

    private static final SourceFile FILE = new SourceFile(PATH, SourceFile.UNKNOWN, SourceFile.UNKNOWN, "", "");
    private static final StandardInput INSTANCE = new StandardInput(System.in);

    private final ReentrantLock lock = new ReentrantLock();
    private final InputStream input;
    private byte[] sample = {};
    private boolean taken;

    StandardInput(InputStream input) {
        this.input = input;
    }

    /** The standard input of this process. */
    public static StandardInput instance() {
        return INSTANCE;
    }

    @Override
    public List<SourceFile> list() {
        return List.of(FILE);
    }

    @Override
    public Optional<SourceFile> find(SourceFile file) {
        return Optional.of(FILE);
    }

    /** Reads the first bytes without using them up; waits for them. */
    @Override
    public byte[] head(SourceFile file, int bytes) throws IOException {
        lock.lock();
        try {
            requireUntouched();
            if (sample.length < bytes) {
                byte[] more = input.readNBytes(bytes - sample.length);
                byte[] longer = Arrays.copyOf(sample, sample.length + more.length);
                System.arraycopy(more, 0, longer, sample.length, more.length);
                sample = longer;
            }
            return sample.length <= bytes ? sample.clone() : Arrays.copyOf(sample, bytes);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public InputStream open(SourceFile file, long from) {
        lock.lock();
        try {
            requireUntouched();
            taken = true;
            byte[] first = sample;
            sample = new byte[0];
            return new PumpedInput(new SequenceInputStream(new ByteArrayInputStream(first), input));
        } finally {
            lock.unlock();
        }
    }

    private void requireUntouched() {
        if (taken) {
            throw Problem.of("E_STDIN_TWICE", ProblemKind.CONFIG, "standard input can be read only once")
                    .fix("write the data to a file first if the run has to be repeatable or several streams read it")
                    .exception();
        }
    }

    @Override
    public boolean isSeekable() {
        return false;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void requireUnchanged(SourceFile file) {}

    @Override
    public void close() {}
}
