import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;

/**
 * The control of tools/no-egress: does what a program does that asks whether there is an update, looks up a name and knocks at an address.
 * Nobody answers; that it was tried must be seen.
 */
final class LookUp {
    private LookUp() {}

    public static void main(String[] arguments) {
        try {
            System.out.println("  looked up " + InetAddress.getByName("update.example.org"));
        } catch (UnknownHostException nobodyKnows) {
            System.out.println("  looked up a name in vain");
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("198.51.100.7", 443), 500);
            System.out.println("  connected");
        } catch (IOException nobodyAnswers) {
            System.out.println("  knocked in vain");
        }
    }
}
