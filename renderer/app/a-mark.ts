performance.mark('3 app begins')
