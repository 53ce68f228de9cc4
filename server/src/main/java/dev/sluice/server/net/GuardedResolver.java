package dev.sluice.server.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names for the whole process. While it guards, a name that leads where nobody may go is not told at all, so what was
 * looked at is what is connected to, whoever connects: there is no second look-up between the two that could answer otherwise.
 */
public final class GuardedResolver extends InetAddressResolverProvider {
    private static final AtomicReference<@Nullable Reach> REACH = new AtomicReference<>();
    private static final AtomicReference<@Nullable InetAddressResolver> OTHER = new AtomicReference<>();

    private static final InetAddressResolver.LookupPolicy ANY = InetAddressResolver.LookupPolicy.of(
            InetAddressResolver.LookupPolicy.IPV4 | InetAddressResolver.LookupPolicy.IPV6);

    /** Set when the process first looks up a name. */
    private static volatile @Nullable InetAddressResolver current;

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver looking = new Looking(configuration.builtinResolver());
        current = looking;
        return looking;
    }

    @Override
    public String name() {
        return "sluice";
    }

    /** The guard before another resolver. */
    static InetAddressResolver over(InetAddressResolver machine) {
        return new Looking(machine);
    }

    /** Lets names pass that lead to what may be reached. */
    static void guard(@Nullable Reach reach) {
        REACH.set(reach);
    }

    /** Has somebody else than the machine know names, in tests. */
    static void ask(@Nullable InetAddressResolver other) {
        OTHER.set(other);
    }

    /** True if the process looks up names here. */
    static boolean isUsed() {
        InetAddress.getLoopbackAddress();
        try {
            InetAddress.getAllByName("localhost");
        } catch (UnknownHostException unknown) {
            // asking was enough
        }
        return current != null;
    }

    /** True for a name that is refused, and not unknown; the JDK remembers that there was nothing, and not why. */
    static boolean isRefused(String host) {
        InetAddressResolver looking = current;
        if (looking == null || REACH.get() == null || Reach.literal(host).isPresent()) {
            return false;
        }
        try {
            looking.lookupByName(host, ANY);
            return false;
        } catch (RefusedHost refused) {
            return true;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private record Looking(InetAddressResolver builtin) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            InetAddressResolver other = OTHER.get();
            List<InetAddress> found =
                    (other == null ? builtin : other).lookupByName(host, policy).toList();
            Reach reach = REACH.get();
            if (reach != null && !reach.names(host) && !found.stream().allMatch(reach::allows)) {
                throw new RefusedHost(host);
            }
            return found.stream();
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return builtin.lookupByAddress(address);
        }
    }
}
