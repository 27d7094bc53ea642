// The test is that this program links: one object per public header, none of which may define what another defines.
#include <cstdio>

int main() {
    std::printf("%d public headers compile alone and link together\n", ALUDEL_HEADER_COUNT);
    return ALUDEL_HEADER_COUNT > 0 ? 0 : 1;
}
