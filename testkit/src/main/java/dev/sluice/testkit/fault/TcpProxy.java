package dev.sluice.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network between a client and a server of the test, which breaks when the test wants it to.
 *
 * <p>It listens on a port of 127.0.0.1 and passes bytes on to the server. What it does to them is a {@link Mode}, which
 * holds for all connections, old and new, and can be changed at any time. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER = 16 << 10;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong toServer = new AtomicLong();
    private final AtomicLong toClient = new AtomicLong();
    private final AtomicLong pieces = new AtomicLong();
    private Mode mode = new Mode.Pass();
    private volatile boolean closed;

    /** What the network does. */
    public sealed interface Mode {
        /** Bytes pass. */
        record Pass() implements Mode {}

        /** Bytes are held back in both directions, and no connection is broken: a firewall that forgot about it. */
        record HalfOpen() implements Mode {}

        /** New connections are refused; those that are there pass bytes. */
        record Refuse() implements Mode {}

        /**
         * Each piece of up to 16 KiB is held back this long.
         *
         * @param delay how long, in each direction
         */
        record Delay(Duration delay) implements Mode {
            public Delay {
                Objects.requireNonNull(delay);
            }
        }

        /**
         * Bytes pass slowly.
         *
         * @param bytesPerSecond how many in each direction of each connection, at least 1
         */
        record Throttle(long bytesPerSecond) implements Mode {
            public Throttle {
                if (bytesPerSecond < 1) {
                    throw new IllegalArgumentException("nothing passes at " + bytesPerSecond + " bytes a second");
                }
            }
        }

        /**
         * A connection is cut, as by a reset, right after so many more bytes came from the server on it.
         *
         * @param bytes how many bytes pass, counted for each connection from the moment that the mode was set
         */
        record CutAfterFromServer(long bytes) implements Mode {}

        /**
         * A connection is cut, as by a reset, right after so many more bytes went to the server on it: the server has
         * them, and its answer never comes.
         *
         * @param bytes how many bytes pass, counted for each connection from the moment that the mode was set
         */
        record CutAfterToServer(long bytes) implements Mode {}

        /**
         * One connection is cut, once, at the so-manieth piece that any client sends. A driver sends what it has to say and
         * then waits, so that each of its calls is one piece or a few.
         *
         * @param number which piece, counted from 1 over all connections from the moment that the mode was set
         * @param delivered true if the server gets it and its answer is lost, false if it never gets there
         */
        record CutAtPiece(long number, boolean delivered) implements Mode {}
    }

    private TcpProxy(InetSocketAddress server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /**
     * Opens a proxy in front of a server.
     *
     * @param host the server
     * @param port its TCP port
     */
    public static TcpProxy to(String host, int port) {
        try {
            ServerSocket listener = new ServerSocket(0, 200, InetAddress.getByAddress(LOOPBACK));
            TcpProxy proxy = new TcpProxy(new InetSocketAddress(InetAddress.getAllByName(host)[0], port), listener);
            Thread.ofPlatform()
                    .daemon()
                    .name("proxy " + listener.getLocalPort())
                    .start(proxy::accept);
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The address to connect to. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Changes what the network does, at once and for all connections. */
    public void set(Mode next) {
        Objects.requireNonNull(next);
        lock.lock();
        try {
            mode = next;
            pieces.set(0);
            links.forEach(Link::countAnew);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Cuts all connections that are there, as by a reset; new ones can be made. */
    public void cut() {
        links.forEach(Link::reset);
    }

    /** How many connections were made so far. */
    public long connections() {
        return connections.get();
    }

    /** How many connections are there now. */
    public int open() {
        return links.size();
    }

    /** How many bytes went from clients to the server so far. */
    public long bytesToServer() {
        return toServer.get();
    }

    /** How many bytes came from the server to clients so far. */
    public long bytesToClient() {
        return toClient.get();
    }

    /** How many pieces of up to 16 KiB clients have sent since the mode was set. */
    public long pieces() {
        return pieces.get();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                if (mode() instanceof Mode.Refuse) {
                    reset(client);
                } else {
                    connect(client);
                }
            } catch (IOException failed) {
                // The listener was closed, or one client went away before it was served.
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket upstream = new Socket();
        try {
            upstream.connect(server, 10_000);
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException unreachable) {
            reset(client);
            upstream.close();
            throw unreachable;
        }
        connections.incrementAndGet();
        Link link = new Link(client, upstream);
        links.add(link);
        link.start();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0); // closing then sends a reset
            socket.close();
        } catch (IOException alreadyGone) {
            // There is nothing left to cut.
        }
    }

    private Mode mode() {
        lock.lock();
        try {
            return mode;
        } finally {
            lock.unlock();
        }
    }

    /** Cuts everything and closes the port. */
    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException alreadyGone) {
            // It listens no more.
        }
        set(new Mode.Pass());
        cut();
    }

    /** One connection with its two directions. */
    private final class Link {
        private final Socket client;
        private final Socket upstream;
        private final AtomicLong fromServer = new AtomicLong();
        private final AtomicLong towardsServer = new AtomicLong();
        private volatile boolean answersAreLost;

        Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void start() {
            Thread.ofPlatform().daemon().name("to server").start(() -> pump(client, upstream, true));
            Thread.ofPlatform().daemon().name("from server").start(() -> pump(upstream, client, false));
        }

        void countAnew() {
            fromServer.set(0);
            towardsServer.set(0);
        }

        void reset() {
            TcpProxy.reset(client);
            TcpProxy.reset(upstream);
            links.remove(this);
        }

        private void pump(Socket from, Socket to, boolean towards) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (!pass(out, buffer, length, towards)) {
                        cutAfter(towards);
                        return;
                    }
                }
                to.shutdownOutput();
            } catch (IOException broken) {
                if (answersAreLost && !towards) {
                    swallow(from);
                }
                reset();
            } finally {
                if (client.isOutputShutdown() && upstream.isOutputShutdown()) {
                    reset();
                }
            }
        }

        /** A reset would take back what the server has not read yet, so its side ends in order, and its answer is lost. */
        private void cutAfter(boolean towards) throws IOException {
            if (towards) {
                answersAreLost = true;
                TcpProxy.reset(client);
                upstream.shutdownOutput();
            } else {
                reset();
            }
        }

        /** Lets a server say what it has to say, until it has read everything and ends. */
        private static void swallow(Socket server) {
            try {
                server.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException broken) {
                // Then it has ended otherwise.
            }
        }

        /** Passes a piece on; false if the connection is to be cut after it. */
        private boolean pass(OutputStream out, byte[] buffer, int length, boolean towards) throws IOException {
            long piece = towards ? pieces.incrementAndGet() : 0;
            switch (awaitMode()) {
                case Mode.CutAtPiece(long number, boolean delivered) -> {
                    if (piece == number) {
                        out.write(buffer, 0, delivered ? length : 0);
                        return false;
                    }
                }
                case Mode.Delay(Duration delay) -> pause(delay.toNanos());
                case Mode.Throttle(long bytesPerSecond) -> pause(length * 1_000_000_000L / bytesPerSecond);
                case Mode.Pass ignored -> {}
                case Mode.Refuse ignored -> {}
                case Mode.HalfOpen ignored -> {}
                case Mode.CutAfterFromServer ignored -> {}
                case Mode.CutAfterToServer ignored -> {}
            }
            int allowed = count(length, towards);
            out.write(buffer, 0, allowed);
            out.flush();
            return allowed == length;
        }

        /** Waits while the network is half open, and tells what it does then. */
        private Mode awaitMode() {
            lock.lock();
            try {
                while (mode instanceof Mode.HalfOpen) {
                    changed.awaitUninterruptibly();
                }
                return mode;
            } finally {
                lock.unlock();
            }
        }

        /** How many of these bytes may pass; counted before they do, so that a new mode never counts old bytes. */
        private int count(int length, boolean towards) {
            lock.lock();
            try {
                long allowed = switch (mode) {
                    case Mode.CutAfterFromServer(long bytes) ->
                        towards ? length : Math.max(0, bytes - fromServer.get());
                    case Mode.CutAfterToServer(long bytes) ->
                        towards ? Math.max(0, bytes - towardsServer.get()) : length;
                    case Mode.CutAtPiece ignored -> length;
                    case Mode.Pass ignored -> length;
                    case Mode.HalfOpen ignored -> length;
                    case Mode.Refuse ignored -> length;
                    case Mode.Delay ignored -> length;
                    case Mode.Throttle ignored -> length;
                };
                int passing = (int) Math.min(length, allowed);
                (towards ? towardsServer : fromServer).addAndGet(passing);
                (towards ? toServer : toClient).addAndGet(passing);
                return passing;
            } finally {
                lock.unlock();
            }
        }

        private static void pause(long nanos) {
            long end = System.nanoTime() + nanos;
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
