"""What a set-up, a start and a taking off must stand, and where each is held.

==================================  ===============================  ==============================
what happens                        with a small version, each run   with the real one (a command)
==================================  ===============================  ==============================
killed at every tool, first set-up  test_laying: killed first        --
killed at every tool, update        test_laying: killed update       prove_bad: 24 moments of .run
killed while the old one goes       test_laying: killed sweep        --
update killed, program and layer    test_update_killed               prove_update: 32 moments
update: forward, back, a byte       test_updating, test_going_back   prove_update
killed .run: menu, uninstaller      test_packages: killed stick      prove_bad: 24 moments of .run
half-copied, a changed byte         test_packages: half, changed     prove_bad: six lengths, a byte
no room                             test_laying, test_packages       prove_bad: three disks
a folder that cannot be written to  test_laying                      prove_bad
two set-ups at once                 test_laying                      prove_bad
two versions open at once           test_launching: two clicks       prove_bad, one library
a library open while it is laid     test_launching: two clicks       prove_bad
blanks, Chinese, 200 characters     test_laying, test_packages       prove_bad, with a window
a lock that another user left       --                               prove_bad
a stick clicked, no terminal        test_telling                     prove: two pictures
no HOME, no PATH, a closed HOME     test_launching                   prove_bad, with a window
a missing library                   test_launching: dies at once     prove_bad: start, .run, .deb
a killed program, two clicks        test_launching                   prove_bad
self-test failed                    test_laying                      prove_bad: .run, .deb
each step of the self-test can fail tests/cli/test_self_test         prove_bad: nine breakages
only relative paths, another disk   test_packages, test_launching    prove: portable, moved
nothing left on the computer        test_packages                    prove: portable
==================================  ===============================  ==============================

``installer/prove.sh``, ``prove_bad.sh``, ``prove_update.sh`` and ``prove_input.sh`` run on a bare
system without network; what is slow or wants a real disk, screen or user is held there alone.
"""
